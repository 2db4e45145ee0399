package io.plugboard.controller.service;

import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each change of the topology, under a logger name of its own, so that it can be kept apart:
 *
 * <pre>
 *   who="rest 127.0.0.1" revision=41..42 put=[/port-groups/web, /vnics/web-1] deleted=[/vnics/web-0]
 * </pre>
 */
final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final Pattern UNFIT_FOR_A_LINE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\"]");

    private AuditLog() {}

    static void changed(String who, Topology before, Topology.Applied applied) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        Topology after = applied.topology();
        Touched touched = applied.touched();
        List<String> put = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        touched.portGroups()
                .forEach(name -> (after.portGroup(name).isPresent() ? put : deleted).add("/port-groups/" + name));
        touched.bridges().forEach(dpid -> (after.bridge(dpid).isPresent() ? put : deleted).add("/bridges/" + dpid));
        touched.vnics().forEach(id -> (after.attachment(id).isPresent() ? put : deleted).add("/vnics/" + id));
        LOG.info(
                "who=\"{}\" revision={}..{} put={} deleted={}",
                UNFIT_FOR_A_LINE.matcher(who).replaceAll("?"),
                before.revision(),
                after.revision(),
                put,
                deleted);
    }
}
