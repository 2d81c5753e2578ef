package io.tailrace.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes a file of certificates what a client believes. */
final class PemTrust {

    private PemTrust() {}

    static SSLContext of(Path pem) {
        try {
            Collection<? extends Certificate> certificates = read(pem);
            if (certificates.isEmpty()) {
                throw notCertificates(pem);
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The file of certificates %s cannot be read. Check its name and that this user may read it."
                            .formatted(pem),
                    e);
        } catch (GeneralSecurityException e) {
            throw notCertificates(pem);
        }
    }

    private static Collection<? extends Certificate> read(Path pem)
            throws IOException, GeneralSecurityException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(pem))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static IllegalArgumentException notCertificates(Path pem) {
        return new IllegalArgumentException(
                "%s holds no certificates. It should begin with -----BEGIN CERTIFICATE-----."
                        .formatted(pem));
    }
}
