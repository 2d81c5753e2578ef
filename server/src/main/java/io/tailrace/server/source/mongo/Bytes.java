package io.tailrace.server.source.mongo;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Documents as they are noted: BSON. */
final class Bytes {

    private Bytes() {}

    static byte[] of(BsonDocument document) {
        var buffer = new RawBsonDocument(document, new BsonDocumentCodec()).getByteBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    static BsonDocument document(byte[] bytes) {
        return new RawBsonDocument(bytes).decode(new BsonDocumentCodec());
    }
}
