package io.plugboard.agent.config;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code unix:/var/run/openvswitch/db.sock} and {@code tcp:127.0.0.1:6640}, as Open vSwitch's own tools do. */
final class DatabaseAddress implements ITypeConverter<SocketAddress> {
    private static final Pattern TCP = Pattern.compile("tcp:\\[?([^\\[\\]]+?)]?:(\\d{1,5})");
    private static final String UNIX = "unix:";
    private static final int MAX_PORT = 65535;

    @Override
    public SocketAddress convert(String text) {
        Matcher tcp = TCP.matcher(text);
        if (text.startsWith(UNIX) && text.length() > UNIX.length()) {
            return UnixDomainSocketAddress.of(text.substring(UNIX.length()));
        } else if (tcp.matches() && Integer.parseInt(tcp.group(2)) <= MAX_PORT) {
            return new InetSocketAddress(tcp.group(1), Integer.parseInt(tcp.group(2)));
        }
        throw new TypeConversionException("'" + text + "' is neither unix:PATH nor tcp:HOST:PORT");
    }
}
