package io.plugboard.controller.reconcile;

/** What it came to when a switch was read back, compared and mended: how long it took, and what had to be sent. */
public record Sync(
        long durationMs,
        int flowsAdded,
        int flowsModified,
        int flowsDeleted,
        int groupsAdded,
        int groupsModified,
        int groupsDeleted) {}
