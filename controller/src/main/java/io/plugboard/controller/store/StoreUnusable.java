package io.plugboard.controller.store;

/** A store that must not be used. The message is one line for whoever starts the controller: what is wrong, and where. */
public final class StoreUnusable extends Exception {
    private static final long serialVersionUID = 1L;

    public StoreUnusable(String reason) {
        super(reason);
    }

    public StoreUnusable(String reason, Throwable cause) {
        super(reason, cause);
    }
}
