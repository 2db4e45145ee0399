package io.plugboard.controller.config;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes of the files of the TLS settings what hosts connect by. */
final class TlsFiles {
    private TlsFiles() {}

    /** @throws IllegalArgumentException when a file cannot be used; the message names it */
    static SslContext context(OvsdbSettings.Tls files) {
        for (Path file : List.of(files.certificate(), files.key(), files.authorities())) {
            if (!file.toFile().canRead()) {
                throw new IllegalArgumentException("ovsdb.tls: " + file + " cannot be read");
            }
        }
        try {
            SslContext context = SslContextBuilder.forServer(
                            files.certificate().toFile(), files.key().toFile())
                    .trustManager(files.authorities().toFile())
                    .clientAuth(ClientAuth.REQUIRE)
                    .build();
            requirePair(context, files);
            return context;
        } catch (IOException | IllegalArgumentException unfit) {
            throw new IllegalArgumentException(
                    "ovsdb.tls: " + files.certificate() + ", " + files.key() + " and " + files.authorities()
                            + " are to be a certificate, its key in PKCS #8 (openssl pkcs8 -topk8 -nocrypt) and those who sign"
                            + " Open vSwitches' certificates, in PEM: " + unfit.getMessage(),
                    unfit);
        }
    }

    /** That the key is not the certificate's would show when the first host connects: so one does, in memory. */
    private static void requirePair(SslContext context, OvsdbSettings.Tls files) throws IOException {
        SslHandler ours = context.newHandler(ByteBufAllocator.DEFAULT);
        ours.engine().setNeedClientAuth(false);
        SslHandler theirs = SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build()
                .newHandler(ByteBufAllocator.DEFAULT);
        EmbeddedChannel host = new EmbeddedChannel(theirs);
        EmbeddedChannel controller = new EmbeddedChannel(ours);
        try {
            boolean isTalking = true;
            while (isTalking) {
                isTalking = pass(host, controller) | pass(controller, host);
            }
        } catch (RuntimeException broken) {
            // As the handshakes say.
        } finally {
            host.close();
            controller.close();
            host.releaseOutbound();
            controller.releaseOutbound();
        }
        if (!theirs.handshakeFuture().isSuccess() || !ours.handshakeFuture().isSuccess()) {
            throw new IllegalArgumentException(files.key() + " is not the key of " + files.certificate());
        }
    }

    /** @return whether there was something */
    private static boolean pass(EmbeddedChannel from, EmbeddedChannel to) {
        Object octets = from.readOutbound();
        if (octets == null) {
            return false;
        }
        to.writeInbound(octets);
        return true;
    }
}
