package io.plugboard.agent.libvirt;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What QEMU has told, as {@code virsh qemu-monitor-event} prints it:
 *
 * <pre>
 * 2024-05-01 09:33:12.345+0000: event STOP for domain 'web-1': &lt;null&gt;
 * event STOP at 1714556.123456 for domain web-1: (null)
 * </pre>
 *
 * <p>with {@code --timestamp} and without, with the quotes of newer releases and without. The domain may be named as it likes.
 */
record DomainEvent(String name, String domain) {
    private static final Pattern LINE = Pattern.compile(
            "(?:\\S+ \\S+: )?event (?<name>[A-Z_]+)(?: at \\S+)? for domain (?<domain>.+?): (?:\\{.*|<null>|\\(null\\))");

    static Optional<DomainEvent> read(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(new DomainEvent(matcher.group("name"), unquoted(matcher.group("domain"))))
                : Optional.empty();
    }

    private static String unquoted(String domain) {
        boolean isQuoted = domain.length() > 2 && domain.startsWith("'") && domain.endsWith("'");
        return isQuoted ? domain.substring(1, domain.length() - 1) : domain;
    }
}
