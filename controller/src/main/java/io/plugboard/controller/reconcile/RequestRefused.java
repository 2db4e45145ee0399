package io.plugboard.controller.reconcile;

/** The switch answered a request for information with an error, or with nothing. The session lives on. */
public final class RequestRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param request what was asked, such as {@code OFPMP_PORT_STATS}
     * @param error the switch's own words
     */
    public RequestRefused(String request, String error) {
        super(request + ": " + error);
    }
}
