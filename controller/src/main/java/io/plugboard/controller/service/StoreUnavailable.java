package io.plugboard.controller.service;

/** A change could not be stored, and so nothing was changed. It may succeed later. */
public final class StoreUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String reason) {
        super(reason);
    }

    public StoreUnavailable(String reason, Throwable cause) {
        super(reason, cause);
    }
}
