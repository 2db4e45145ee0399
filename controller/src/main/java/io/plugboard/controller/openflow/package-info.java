/**
 * The OpenFlow 1.3 side: {@link io.plugboard.controller.openflow.OpenFlowServer} accepts switches, a
 * {@link io.plugboard.controller.openflow.Session} is one of their connections. The only package that knows OpenFlowJ.
 *
 * <p>A session is always in one of five states, a class each:
 *
 * <pre>
 *               | AwaitingHello     | AwaitingFeatures  | Claiming          | Active            | Closed
 * --------------+-------------------+-------------------+-------------------+-------------------+-------
 * on entry      | send HELLO        | ask for features, | claim the         | connected()       | all questions
 *               |                   | ports, tables ... | datapath id       |                   | fail, disconnect
 * HELLO         | AwaitingFeatures, | ignore            | ignore            | ignore            | ignore
 *               | without 1.3: error|                   |                   |                   |
 *               | and Closed        |                   |                   |                   |
 * answer, error | Closed            | the last answer:  | ignore            | to whoever asked  | ignore
 *               |                   | Claiming          |                   |                   |
 * PORT_STATUS   | Closed            | note it           | note it           | portPut, portGone | ignore
 * PACKET_IN     | Closed            | skip it           | skip it           | packetIn()        | ignore
 * ECHO_REQUEST  | Closed            | answer it         | answer it         | answer it         | ignore
 * other version | negotiated        | error BAD_VERSION | error BAD_VERSION | error BAD_VERSION | ignore
 * unknown type  | Closed            | error BAD_TYPE    | error BAD_TYPE    | error BAD_TYPE    | ignore
 * the id is free| -                 | -                 | Active            | -                 | -
 * its holder is | -                 | -                 | Closed            | -                 | -
 *   alive       |                   |                   |                   |                   |
 * deadline      | Closed (handshake)| Closed (handshake)| Closed (echo)     | Closed (echo)     | -
 * connection    | Closed            | Closed            | Closed            | Closed            | -
 *   ends        |                   |                   |                   |                   |
 * </pre>
 *
 * <p>Messages that come by the hundred thousand, flows and groups, are written and read here field by field; the others are
 * OpenFlowJ's. An {@link io.plugboard.controller.openflow.Exchange} is what the switch is asked and what it answers.
 */
@NullMarked
package io.plugboard.controller.openflow;

import org.jspecify.annotations.NullMarked;
