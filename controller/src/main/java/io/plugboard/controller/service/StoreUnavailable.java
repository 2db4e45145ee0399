package io.plugboard.controller.service;

/** The store could not write: nothing was changed. */
public final class StoreUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String reason, Throwable cause) {
        super(reason, cause);
    }
}
