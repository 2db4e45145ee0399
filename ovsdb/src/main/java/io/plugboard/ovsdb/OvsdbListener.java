package io.plugboard.ovsdb;

/**
 * Who is told what Open vSwitches have in their databases. Calls about one session come one after the other, on the thread
 * that reads it: take what they bring and return.
 */
public interface OvsdbListener {

    /** Everything that is followed has been read. */
    void connected(OvsdbSession session, Snapshot snapshot);

    /** A transaction of somebody, ourselves included, has changed what is followed; the snapshot holds all of it. */
    void changed(OvsdbSession session, Snapshot snapshot);

    /** Told once for each session that was told as connected. What its snapshot said may or may not be so any more. */
    void disconnected(OvsdbSession session, String reason);
}
