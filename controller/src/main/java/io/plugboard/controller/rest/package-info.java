/**
 * The REST API and the status page. The contract is {@code openapi.yaml}: its paths are the routes, its operation ids name the
 * handlers.
 *
 * <p>Start reading at {@link io.plugboard.controller.rest.RestServer}, then {@link io.plugboard.controller.rest.Routes}. What a
 * request says of a port group, a bridge or a vNIC is read by a {@link io.plugboard.controller.rest.Resource}, and every way in
 * which that can be wrong ends as a {@link io.plugboard.controller.rest.Problem}.
 */
@NullMarked
package io.plugboard.controller.rest;

import org.jspecify.annotations.NullMarked;
