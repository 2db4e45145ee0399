package io.plugboard.it.ovsdb;

import io.plugboard.it.OpenVSwitch;
import java.io.IOException;
import java.nio.file.Path;

/** A key, and a certificate that it has signed itself, both in PEM. */
record Certificate(Path key, Path certificate) {

    static Certificate make(Path directory, String name) throws IOException, InterruptedException {
        Path key = directory.resolve(name + ".key");
        Path certificate = directory.resolve(name + ".pem");
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=" + name,
                        "-keyout",
                        key.toString(),
                        "-out",
                        certificate.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        if (openssl.waitFor() != 0) {
            throw new IOException("openssl has made no certificate for " + name);
        }
        return new Certificate(key, certificate);
    }

    /**
     * Has a database call there by TLS, with this certificate.
     *
     * @param other whom it trusts
     */
    void callsBy(OpenVSwitch ovs, Certificate other, String target) {
        ovs.vsctl(
                "set-ssl",
                key.toString(),
                certificate.toString(),
                other.certificate.toString(),
                "--",
                "set-manager",
                target);
    }
}
