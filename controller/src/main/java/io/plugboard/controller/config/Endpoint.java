package io.plugboard.controller.config;

import com.google.common.net.HostAndPort;
import java.net.InetSocketAddress;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 127.0.0.1:8080}, {@code [::1]:8080}, {@code localhost:8080}; port 0 stands for any free one. */
final class Endpoint implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String text) {
        return convert(HostAndPort::fromString, text);
    }

    /** @param port where the text has none */
    static InetSocketAddress convert(String text, int port) {
        return convert(given -> HostAndPort.fromString(given).withDefaultPort(port), text);
    }

    private static InetSocketAddress convert(Function<String, HostAndPort> parse, String text) {
        try {
            HostAndPort parsed = parse.apply(text);
            InetSocketAddress address = new InetSocketAddress(parsed.getHost(), parsed.getPort());
            if (address.isUnresolved()) {
                throw new TypeConversionException("'" + text + "': the host '" + parsed.getHost() + "' is not known");
            }
            return address;
        } catch (IllegalArgumentException | IllegalStateException malformed) {
            throw new TypeConversionException("'" + text + "' is not HOST:PORT, such as 127.0.0.1:8080");
        }
    }
}
