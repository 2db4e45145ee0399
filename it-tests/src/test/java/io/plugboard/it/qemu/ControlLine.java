package io.plugboard.it.qemu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The serial line to the program in the guest, guest.pl, which does what it is told and answers. */
final class ControlLine implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader in;

    /**
     * What became of an order.
     *
     * @param status 0 where it was done
     * @param output standard output, and standard error
     */
    record Answer(int status, String output) {
        private static Answer parse(String line) {
            int space = line.indexOf(' ');
            byte[] output = HexFormat.of().parseHex(line.substring(space + 1).strip());
            return new Answer(Integer.parseInt(line.substring(0, space)), new String(output, StandardCharsets.UTF_8));
        }

        /** The output; fails where the order was not done. */
        String ok() {
            if (status != 0) {
                throw new AssertionError("the guest says " + this);
            }
            return output;
        }
    }

    ControlLine(SocketChannel channel) {
        this.channel = channel;
        in = new BufferedReader(Channels.newReader(channel, StandardCharsets.US_ASCII));
    }

    /** Returns when the guest has done it. */
    Answer order(String order) {
        ByteBuffer octets = StandardCharsets.UTF_8.encode(order + "\n");
        try {
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer();
    }

    /** The next answer; the first one says that the guest has booted. */
    Answer answer() {
        try {
            String line = in.readLine();
            if (line == null) {
                throw new AssertionError("the guest has ended");
            }
            return Answer.parse(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
