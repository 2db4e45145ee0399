package io.plugboard.controller.config;

import io.plugboard.controller.source.Adoption;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How hosts' own databases are followed: the settings under {@code ovsdb}, and {@code adopt}. */
final class OvsdbOptions {
    private static final int PORT = 6640;

    @Option(
            names = "--listen-ovsdb",
            paramLabel = "HOST:PORT",
            converter = Listen.class,
            description =
                    "Where Open vSwitches connect with their databases, 'ovs-vsctl set-manager tcp:HOST:6640'; none do"
                            + " unless it is given (PLUGBOARD_OVSDB_LISTEN; ovsdb.listen). Default port: 6640",
            descriptionKey = "ovsdb.listen")
    private @Nullable InetSocketAddress listen;

    @Option(
            names = "--ovsdb-tls-certificate",
            paramLabel = "FILE",
            description = "For 'set-manager ssl:HOST:6640': our certificate, in PEM"
                    + " (PLUGBOARD_OVSDB_TLS_CERTIFICATE; ovsdb.tls.certificate).",
            descriptionKey = "ovsdb.tls.certificate")
    private @Nullable Path certificate;

    @Option(
            names = "--ovsdb-tls-key",
            paramLabel = "FILE",
            description = "Its key, in PEM (PKCS #8) (PLUGBOARD_OVSDB_TLS_KEY; ovsdb.tls.key).",
            descriptionKey = "ovsdb.tls.key")
    private @Nullable Path key;

    @Option(
            names = "--ovsdb-tls-ca",
            paramLabel = "FILE",
            description =
                    "Who signs the certificates of Open vSwitches, in PEM (PLUGBOARD_OVSDB_TLS_CA; ovsdb.tls.ca).",
            descriptionKey = "ovsdb.tls.ca")
    private @Nullable Path authorities;

    @Option(
            names = "--adopt",
            paramLabel = "managed|all",
            defaultValue = "managed",
            converter = Adopt.class,
            description =
                    "Which bridges of such hosts are Plugboard's to program: those that are marked plugboard-managed,"
                            + " or all (PLUGBOARD_ADOPT; adopt). Default: ${DEFAULT-VALUE}",
            descriptionKey = "adopt")
    @SuppressWarnings("NullAway.Init")
    private Adoption adopt;

    /** @throws IllegalArgumentException when they do not go together; the message names what is missing */
    OvsdbSettings settings() {
        if (certificate != null && key != null && authorities != null) {
            OvsdbSettings.Tls tls = new OvsdbSettings.Tls(certificate, key, authorities);
            if (listen == null) {
                throw new IllegalArgumentException(
                        "ovsdb.tls: nobody connects by it: say where to listen, --listen-ovsdb HOST:PORT");
            }
            return new OvsdbSettings(Optional.of(listen), Optional.of(tls), adopt);
        }
        if (Stream.of(certificate, key, authorities).anyMatch(file -> file != null)) {
            throw new IllegalArgumentException("ovsdb.tls needs all of certificate, key and ca");
        }
        return new OvsdbSettings(Optional.ofNullable(listen), Optional.empty(), adopt);
    }

    private static final class Listen implements ITypeConverter<InetSocketAddress> {
        @Override
        public InetSocketAddress convert(String text) {
            return Endpoint.convert(text, PORT);
        }
    }

    private static final class Adopt implements ITypeConverter<Adoption> {
        @Override
        public Adoption convert(String text) {
            return Stream.of(Adoption.values())
                    .filter(adoption -> adoption.name().toLowerCase(Locale.ROOT).equals(text))
                    .findAny()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is neither managed nor all"));
        }
    }
}
