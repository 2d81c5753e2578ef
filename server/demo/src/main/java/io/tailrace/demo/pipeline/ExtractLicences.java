package io.tailrace.demo.pipeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Finds the licences that jars name: in licence files and in the POMs they carry. */
final class ExtractLicences implements Task {

    static final String NAME = "extract_licences";

    private static final Logger LOG = LoggerFactory.getLogger("demo.ExtractLicences");
    private static final int ENOUGH_TEXT = 4_000; // a licence says what it is at its beginning

    private final XMLInputFactory xml = XMLInputFactory.newFactory();
    private final Dataset data;
    private final Pace pace;

    ExtractLicences(Dataset data, Pace pace) {
        this.data = data;
        this.pace = pace;
        xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        xml.setXMLReporter((_, _, _, _) -> {}); // what goes wrong is logged below, with the jar
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> after() {
        return List.of(Discover.NAME);
    }

    @Override
    public Explanation explanation() {
        return new Explanation(
                "Where a jar keeps its licence",
                "There is no single place: some jars carry the text as `META-INF/LICENSE`, some"
                    + " name it in the POM below `META-INF/maven`, many inherit it from a parent"
                    + " POM that is not in the jar. For the last kind, nothing is found here.");
    }

    @Override
    public long run(TaskContext context) throws Exception {
        context.forEach(
                data.jars,
                1,
                pace,
                jar -> {
                    List<Licence> licences = read(jar);
                    data.licences.put(jar, licences);
                    context.meter().count(licences.size(), 1, 0);
                    context.advance(1, licences.size(), jar.fileName());
                });
        return data.licenceCount();
    }

    private List<Licence> read(Jar jar) {
        Map<String, Licence> byName = new LinkedHashMap<>(); // one of each is enough
        try (ZipFile zip = new ZipFile(jar.path().toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                for (String name : names(zip, entry)) {
                    byName.putIfAbsent(name, new Licence(name, entry.getName()));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("{} has no licences that can be read: {}", jar.name(), e.getMessage());
        }
        return List.copyOf(byName.values());
    }

    private List<String> names(ZipFile zip, ZipEntry entry) throws IOException {
        String name = entry.getName();
        if (entry.isDirectory()) {
            return List.of();
        }
        if (name.matches("(?i)(META-INF/)?LICEN[SC]E[^/]*")) {
            try (InputStream in = zip.getInputStream(entry)) {
                String text = new String(in.readNBytes(ENOUGH_TEXT), StandardCharsets.UTF_8);
                return List.of(LicenceNames.ofText(text));
            }
        }
        if (name.startsWith("META-INF/maven/") && name.endsWith("/pom.xml")) {
            try (InputStream in = zip.getInputStream(entry)) {
                return ofPom(in);
            } catch (XMLStreamException e) {
                String why = String.valueOf(e.getMessage()).lines().reduce("", (_, line) -> line);
                LOG.warn("{} in {} is no XML: {}", name, zip.getName(), why);
            }
        }
        return List.of();
    }

    /** The names of {@code <licenses><license><name>}. */
    private List<String> ofPom(InputStream in) throws XMLStreamException {
        List<String> names = new ArrayList<>();
        XMLStreamReader reader = xml.createXMLStreamReader(in);
        boolean inLicence = false;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (reader.getLocalName().equals("license")) {
                    inLicence = true;
                } else if (inLicence && reader.getLocalName().equals("name")) {
                    names.add(LicenceNames.ofName(reader.getElementText()));
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && reader.getLocalName().equals("license")) {
                inLicence = false;
            }
        }
        return names;
    }
}
