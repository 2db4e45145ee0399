package io.plugboard.ovsdb;

import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A connection to one Open vSwitch's database. May be used from any thread. */
public interface OvsdbSession {

    /** Ours, as the other side reaches it. */
    SocketAddress localAddress();

    SocketAddress remoteAddress();

    /**
     * All of these or none (RFC 7047, section 4.1.3).
     *
     * @return one result an operation; when one of them is a failure, nothing was changed. Exceptionally with
     *     {@link java.io.IOException} when the connection ends first: it is not known then whether they were done; and when
     *     too many transactions have not been answered yet: it is not sent then. Completes on the thread that reads the
     *     session, after the listener has been told what the transaction has changed
     */
    CompletionStage<List<OperationResult>> transact(List<Operation> operations);

    /** Ends it soon; the listener is told. */
    void close(String reason);
}
