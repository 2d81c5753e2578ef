package io.tailrace.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric.DataCase;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.server.http.HttpProblem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** Against the classes that protoc generated of OpenTelemetry's own definitions. */
class ProtobufSourceTest {

    private static final Map<String, Descriptor> DEFINED =
            Map.of(
                    "LogRecord.SHAPE", LogRecord.getDescriptor(),
                    "Span.SHAPE", Span.getDescriptor(),
                    "Span.EVENT", Span.Event.getDescriptor(),
                    "Span.LINK", Span.Link.getDescriptor(),
                    "Values.ANY", AnyValue.getDescriptor(),
                    "PointReader.NUMBER", NumberDataPoint.getDescriptor(),
                    "PointReader.HISTOGRAM", HistogramDataPoint.getDescriptor(),
                    "PointReader.EXPONENTIAL", ExponentialHistogramDataPoint.getDescriptor(),
                    "PointReader.SUMMARY", SummaryDataPoint.getDescriptor());

    @Test
    void fieldsHaveTheNumbersAndNamesOfTheSpecification() throws Exception {
        for (Map.Entry<String, Descriptor> defined : DEFINED.entrySet()) {
            String[] name = defined.getKey().split("\\.", -1);
            Field field =
                    Class.forName(getClass().getPackageName() + "." + name[0])
                            .getDeclaredField(name[1]);
            field.setAccessible(true);
            ((Shape) field.get(null))
                    .numbers()
                    .forEach((json, number) ->
                            assertThat(defined.getValue().findFieldByNumber(number).getJsonName())
                                    .as(defined.getKey())
                                    .isEqualTo(json));
        }
        assertThat(Stream.of(DataCase.values()).map(DataCase::getNumber)).contains(5, 7, 9, 10, 11);
    }

    @Test
    void passesOverFieldsOfAnyTypeThatItDoesNotKnow() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance(bytes);
        out.writeInt64(1_000, -1);
        out.writeFixed64(1_001, 5);
        out.writeFixed32(1_002, 5);
        out.writeString(1_003, "unknown ".repeat(50));
        out.writeString(12, "mine");
        out.writeString(1_004, "");
        out.flush();

        io.tailrace.server.otlp.LogRecord log =
                io.tailrace.server.otlp.LogRecord.read(
                        new ProtobufSource(bytes.toByteArray(), new Budget()));

        assertThat(log.event).isEqualTo("mine");
    }

    @Test
    void everyCutOfARequestIsBrokenOrARequest() {
        var record = LogRecord.newBuilder().setTimeUnixNano(7).setSeverityText("x".repeat(200));
        record.getBodyBuilder().getKvlistValueBuilder().addValuesBuilder().setKey("k");
        byte[] whole =
                ExportLogsServiceRequest.newBuilder()
                        .addResourceLogs(
                                io.opentelemetry.proto.logs.v1.ResourceLogs.newBuilder()
                                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record)))
                        .build()
                        .toByteArray();
        var envelope =
                new Envelope<>("Logs", "logRecords", io.tailrace.server.otlp.LogRecord::read);
        for (int i = 1; i < whole.length; i++) {
            var source = new ProtobufSource(Arrays.copyOf(whole, i), new Budget());
            assertThatThrownBy(() -> envelope.read(source, (_, _, _) -> {}, _ -> {}))
                    .isInstanceOf(HttpProblem.class)
                    .hasMessageContaining("The protobuf message is broken at byte");
        }
        envelope.read(
                new ProtobufSource(whole, new Budget()),
                (_, _, log) -> assertThat(log.severityText).hasSize(200),
                wrong -> fail(wrong.sentence()));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 500})
    void boundsHowDeepValuesAre(int depth) {
        AnyValue value = AnyValue.newBuilder().setStringValue("deep").build();
        byte[] bytes = value.toByteArray();
        for (int i = 0; i < depth && bytes.length < 1 << 20; i++) {
            bytes = nested(5, nested(1, bytes)); // a list with one value
        }
        var source = new ProtobufSource(bytes, new Budget());
        if (depth <= 40) {
            assertThat(Values.any(source)).asString().endsWith("deep" + "]".repeat(depth));
        } else {
            assertThatThrownBy(() -> Values.any(source)).hasMessageContaining("nested more than");
        }
    }

    private static byte[] nested(int field, byte[] value) {
        try {
            var bytes = new ByteArrayOutputStream();
            var out = CodedOutputStream.newInstance(bytes);
            out.writeByteArray(field, value);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
