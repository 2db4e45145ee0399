package io.plugboard.controller.config;

import io.netty.handler.ssl.SslContext;
import io.plugboard.controller.rest.ReceiveFilters;
import io.plugboard.controller.source.OvsdbSource;
import io.plugboard.controller.source.SourceEvents;
import io.plugboard.ovsdb.OvsdbLimits;
import io.plugboard.ovsdb.OvsdbServer;
import io.plugboard.ovsdb.OvsdbSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Follows the databases of the hosts that connect, and what is needed for it. */
final class OvsdbFollowing {
    private final InetSocketAddress listen;
    private final Optional<SslContext> tls;
    private final OvsdbSource source;

    /** Where switches connect, once that is known. */
    private final CompletableFuture<InetSocketAddress> openFlow = new CompletableFuture<>();

    /** @throws IllegalArgumentException when a file of the TLS settings cannot be used; the message names it */
    OvsdbFollowing(InetSocketAddress listen, OvsdbSettings settings, SourceEvents events) {
        this.listen = listen;
        tls = settings.tls().map(TlsFiles::context);
        source = new OvsdbSource(ReceiveFilters::read, settings.adopt(), this::controllerTarget, events);
    }

    OvsdbSource source() {
        return source;
    }

    /** @throws IOException when it cannot listen there; the message says why */
    OvsdbServer start(InetSocketAddress openFlowAddress) throws IOException {
        openFlow.complete(openFlowAddress);
        OvsdbServer server = new OvsdbServer(listen, tls, OvsdbLimits.defaults(), source);
        server.start();
        return server;
    }

    /** Where this host reaches us, unless OpenFlow has an address of its own. */
    private String controllerTarget(OvsdbSession session) {
        InetSocketAddress switches = openFlow.join();
        SocketAddress reached = session.localAddress();
        InetAddress address = switches.getAddress().isAnyLocalAddress() && reached instanceof InetSocketAddress inet
                ? inet.getAddress()
                : switches.getAddress();
        String host = address.getHostAddress();
        return "tcp:" + (host.contains(":") ? "[" + host + "]" : host) + ":" + switches.getPort();
    }
}
