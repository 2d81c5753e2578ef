package io.tailrace.server.access;

import io.tailrace.server.settings.SettingsException;
import io.tailrace.server.settings.TlsSettings;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The certificate for https. When its files change, new connections get the new one; those that are
 * open stay. Thread-safe.
 */
public final class TlsKeys extends X509ExtendedKeyManager {

    private final TlsSettings settings;
    private volatile X509ExtendedKeyManager current;

    /**
     * Reads the files.
     *
     * @throws SettingsException with a sentence that names the setting that is wrong
     */
    public TlsKeys(TlsSettings settings, FileWatch files) {
        this.settings = settings;
        current = read(settings);
        files.watch(settings.certificate(), this::reload);
        files.watch(settings.key(), this::reload);
    }

    /** While only one of the files is new, the old certificate stays in use. */
    private void reload() {
        current = read(settings);
    }

    /** What connections are made with. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {this}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static X509ExtendedKeyManager read(TlsSettings settings) {
        List<X509Certificate> chain;
        try {
            chain = Pem.certificates(bytes("tls-certificate", settings.certificate()));
        } catch (GeneralSecurityException e) {
            throw wrong("tls-certificate", settings.certificate(), e);
        }
        try {
            String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
            PrivateKey key = Pem.privateKey(bytes("tls-key", settings.key()), algorithm);
            if (!belongs(key, chain.getFirst())) {
                throw new GeneralSecurityException("it is not the key of the certificate");
            }
            return manager(key, chain);
        } catch (GeneralSecurityException | IOException e) {
            throw wrong("tls-key", settings.key(), e);
        }
    }

    private static byte[] bytes(String setting, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new SettingsException(
                    "Setting '%s' names the file %s, which cannot be read: name one that the gateway"
                                    .formatted(setting, file)
                            + " may read.");
        }
    }

    private static SettingsException wrong(String setting, Path file, Exception cause) {
        return new SettingsException(
                "Setting '%s' names the file %s, which cannot be used (%s): name a PEM file that"
                                .formatted(setting, file, cause.getMessage())
                        + " fits.");
    }

    private static boolean belongs(PrivateKey key, X509Certificate certificate)
            throws GeneralSecurityException {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        byte[] sample = new byte[32];
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(sample);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(sample);
        return signature.verify(signed);
    }

    private static X509ExtendedKeyManager manager(PrivateKey key, List<X509Certificate> chain)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] none = new char[0];
        store.setKeyEntry("gateway", key, none, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, none);
        for (KeyManager manager : factory.getKeyManagers()) {
            if (manager instanceof X509ExtendedKeyManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("Java has no key manager");
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return current.getClientAliases(keyType, issuers);
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return current.chooseClientAlias(keyType, issuers, socket);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return current.getServerAliases(keyType, issuers);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return current.chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return current.chooseEngineServerAlias(keyType, issuers, engine);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return current.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return current.getPrivateKey(alias);
    }
}
