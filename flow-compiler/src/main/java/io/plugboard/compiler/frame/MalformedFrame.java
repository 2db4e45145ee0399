package io.plugboard.compiler.frame;

/** Octets are not what they should be; the message says in what, as a part of a sentence without its end. */
public final class MalformedFrame extends Exception {
    private static final long serialVersionUID = 1;

    /** Without a stack trace: whoever sends frames must not make us work. */
    public MalformedFrame(String message) {
        super(message, null, false, false);
    }
}
