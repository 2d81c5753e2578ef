package io.tailrace.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for localhost, made by the JDK's own tool.
 *
 * @param pem the certificate
 * @param key its key, PKCS#8
 */
record TestCertificates(X509Certificate certificate, String pem, String key) {

    private static final String PASSWORD = "changeit";

    static TestCertificates make(Path directory, String name, String algorithm)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve(name + ".p12");
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(said);
        }
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        X509Certificate certificate = (X509Certificate) keys.getCertificate("a");
        byte[] key = keys.getKey("a", PASSWORD.toCharArray()).getEncoded();
        return new TestCertificates(
                certificate, pem("CERTIFICATE", certificate.getEncoded()), pem("PRIVATE KEY", key));
    }

    static String pem(String type, byte[] der) {
        String base64 =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type);
    }

    /** The key as openssl wrote it for decades: what PKCS#8 wraps. */
    String oldKey(String type) {
        byte[] der = Base64.getMimeDecoder().decode(key.replaceAll("-----[^-]+-----", ""));
        int at = content(der, 0); // into the sequence
        at = end(der, at); // past the version
        at = end(der, at); // past the algorithm
        return pem(type, Arrays.copyOfRange(der, content(der, at), end(der, at)));
    }

    private static int content(byte[] der, int at) {
        return at + 2 + (der[at + 1] < 0 ? der[at + 1] & 0x7f : 0);
    }

    private static int end(byte[] der, int at) {
        int length = der[at + 1] < 0 ? 0 : der[at + 1];
        for (int i = at + 2; i < content(der, at); i++) {
            length = (length << 8) | (der[i] & 0xff);
        }
        return content(der, at) + length;
    }

    void write(Path certificateFile, Path keyFile) throws IOException {
        Files.writeString(certificateFile, pem);
        Files.writeString(keyFile, key);
    }

    /** A client's view that trusts these. */
    static SSLContext trusting(TestCertificates... all)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (TestCertificates each : all) {
            trusted.setCertificateEntry(
                    each.certificate().getSubjectX500Principal().getName(), each.certificate());
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
