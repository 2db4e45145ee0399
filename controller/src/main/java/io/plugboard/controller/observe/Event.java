package io.plugboard.controller.observe;

import java.time.Instant;

/**
 * Something that changed.
 *
 * @param id by which a reader resumes: the process's mark, a hyphen, and the number of the event in it
 * @param kind such as {@code vnicStatus}
 * @param subject the path of what changed, such as {@code /vnics/web-1}
 * @param data becomes a JSON object: a record or a map, of text, numbers, truth values, lists and such again
 */
public record Event(String id, Instant time, String kind, String subject, Object data) {}
