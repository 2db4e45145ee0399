package io.plugboard.controller.openflow;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/** A switch on a plain socket. Waits 10 s for a message, then fails. */
public final class FakeSwitch extends ScriptedSwitch {
    private static final int PATIENCE_MS = 10_000;

    private final Socket socket;
    private final DataInputStream in;

    private FakeSwitch(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    public static FakeSwitch connect(InetSocketAddress controller) {
        try {
            Socket socket = new Socket(controller.getAddress(), controller.getPort());
            socket.setSoTimeout(PATIENCE_MS);
            socket.setTcpNoDelay(true);
            return new FakeSwitch(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void send(byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Message receive() {
        try {
            byte[] header = in.readNBytes(8);
            if (header.length < 8) {
                throw new EOFException("the controller closed the connection");
            }
            byte[] octets = new byte[ByteBuffer.wrap(header).getShort(2) & 0xffff];
            System.arraycopy(header, 0, octets, 0, 8);
            in.readFully(octets, 8, octets.length - 8);
            return new Message(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the controller has ended the connection; what it sends before is passed over. */
    public void awaitEnd() {
        try {
            in.skipNBytes(Long.MAX_VALUE);
        } catch (EOFException | SocketException e) {
            // It has ended, in order or by a reset.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
