package io.tailrace.server.access;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys as openssl, certbot and others write them. */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final byte[] RSA = {
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };
    private static final byte[] EC = {
        0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
    };
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int CURVE = 0xa0; // the tag of an EC key's parameters

    private Pem() {}

    private record Block(String type, byte[] der) {}

    /** The certificates, in their order. */
    static List<X509Certificate> certificates(byte[] pem) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> chain = new ArrayList<>();
        for (Block block : blocks(pem)) {
            if (block.type().equals("CERTIFICATE")) {
                chain.add(
                        (X509Certificate)
                                factory.generateCertificate(new ByteArrayInputStream(block.der())));
            }
        }
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("it has no CERTIFICATE");
        }
        return chain;
    }

    /** The first private key: PKCS#8, or the older forms of RSA and EC keys. */
    static PrivateKey privateKey(byte[] pem, String algorithm) throws GeneralSecurityException {
        for (Block block : blocks(pem)) {
            byte[] der = block.der();
            switch (block.type()) {
                case "PRIVATE KEY" -> {
                    return key(der, algorithm);
                }
                case "RSA PRIVATE KEY" -> {
                    return key(sequence(VERSION_0, RSA, element(OCTETS, der)), "RSA");
                }
                case "EC PRIVATE KEY" -> {
                    byte[] kind = sequence(EC, curve(der));
                    return key(sequence(VERSION_0, kind, element(OCTETS, der)), "EC");
                }
                case "ENCRYPTED PRIVATE KEY" ->
                        throw new GeneralSecurityException(
                                "the key has a password: write it without one");
                default -> {
                    // parameters or certificates in the same file
                }
            }
        }
        throw new GeneralSecurityException("it has no PRIVATE KEY");
    }

    private static PrivateKey key(byte[] pkcs8, String algorithm) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static List<Block> blocks(byte[] pem) throws GeneralSecurityException {
        Matcher matcher = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        List<Block> blocks = new ArrayList<>();
        while (matcher.find()) {
            try {
                byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
                blocks.add(new Block(matcher.group(1), der));
            } catch (IllegalArgumentException e) {
                throw new GeneralSecurityException("it is damaged", e);
            }
        }
        return blocks;
    }

    /** The name of the curve in an older EC key, which the newer form has outside of it. */
    private static byte[] curve(byte[] der) throws GeneralSecurityException {
        try {
            int at = content(der, 0); // into the sequence
            while (at < der.length) {
                int content = content(der, at);
                int end = content + length(der, at);
                if ((der[at] & 0xff) == CURVE) {
                    return Arrays.copyOfRange(der, content, end);
                }
                at = end;
            }
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new GeneralSecurityException("the key is damaged", e);
        }
        throw new GeneralSecurityException("the key does not say its curve");
    }

    /** Where the content of the element begins. */
    private static int content(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        int length = first < 0x80 ? first : 0;
        for (int i = at + 2; i < content(der, at); i++) {
            length = (length << 8) | (der[i] & 0xff);
        }
        return length;
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return element(SEQUENCE, all.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
