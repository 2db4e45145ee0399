/**
 * JSON-RPC 1.0 on a stream of octets, as RFC 7047, section 4 uses it: values stand one behind the other, with nothing but white
 * space between. Whatever a peer sends, only what fits its limits is kept, and nothing is parsed before it is whole.
 */
@org.jspecify.annotations.NullMarked
package io.plugboard.ovsdb.wire;
