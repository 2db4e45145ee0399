package io.plugboard.it.qemu;

import io.plugboard.it.qemu.ControlLine.Answer;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running machine, wherever it runs: what a test has it do. Each call returns when it is done, in the guest. */
final class Guest {
    private static final Pattern PING_RECEIVED = Pattern.compile("(\\d+) packets received");

    private final VirtualMachine machine;
    private QemuProcess place;

    Guest(QemuProcess place) {
        this.machine = place.machine();
        this.place = place;
    }

    VirtualMachine machine() {
        return machine;
    }

    /** Where it runs. */
    QemuProcess place() {
        return place;
    }

    /** Live, to another host; the place that it leaves stays as it is, stopped. */
    Migration migrateTo(QemuProcess destination) {
        Migration migration = Migration.run(place, destination);
        place = destination;
        return migration;
    }

    /** Has its shell do something. */
    Answer shell(String command) {
        return order("sh " + command);
    }

    /** How many of these echo requests are answered, of which each may take a second. */
    int ping(Ipv4Address address, int count) {
        String output = shell("ping -c " + count + " -i 0.1 -W 1 " + address).output();
        Matcher received = PING_RECEIVED.matcher(output);
        if (!received.find()) {
            throw new AssertionError(output);
        }
        return Integer.parseInt(received.group(1));
    }

    /** Likewise, one after the other, and an answer may take ten seconds: a busy machine's guests are slow, and lose nothing. */
    int pingPatiently(Ipv4Address address, int count) {
        String output = shell("for n in $(seq " + count + "); do ping -c 1 -W 10 " + address + "; done")
                .output();
        return PING_RECEIVED
                .matcher(output)
                .results()
                .mapToInt(one -> Integer.parseInt(one.group(1)))
                .sum();
    }

    /** Takes datagrams from now on. */
    void listen(int port) {
        order("listen " + port).ok();
    }

    int received(int port) {
        return number("received " + port);
    }

    /** A program in it becomes a member, and takes the group's datagrams. */
    void join(Ipv4Address group, int port) {
        order("join " + group + " " + port).ok();
    }

    void leave(Ipv4Address group) {
        order("leave " + group).ok();
    }

    int received(Ipv4Address group) {
        return number("received " + group);
    }

    /** Begins to send datagrams, and goes on with other orders meanwhile. */
    void send(Ipv4Address destination, int port, int count, Duration pause) {
        order("send " + destination + " " + port + " " + count + " " + pause.toMillis())
                .ok();
    }

    /** Counts the frames that its card lets through from now on. */
    void watch() {
        order("watch").ok();
    }

    /** How many of these it has seen. */
    int seen(MacAddress source, MacAddress destination) {
        return number("seen " + source + " " + destination);
    }

    void promiscuous(boolean isOn) {
        shell("ip link set eth0 promisc " + (isOn ? "on" : "off")).ok();
    }

    void changeMac(MacAddress mac) {
        shell("ip link set eth0 address " + mac).ok();
    }

    /** Since it has booted, by its own clock. */
    Duration uptime() {
        String seconds = shell("cat /proc/uptime").ok().split(" ")[0];
        return Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000));
    }

    private int number(String order) {
        return Integer.parseInt(order(order).ok());
    }

    private Answer order(String order) {
        return place.control().order(order);
    }
}
