package io.plugboard.controller.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.BridgePut;
import io.plugboard.topology.change.TopologyChange.PortGroupDeleted;
import io.plugboard.topology.change.TopologyChange.PortGroupPut;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.VlanMode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AuditLogTest {
    private static final PortGroup WEB = new PortGroup(new PortGroupName("web"), new VlanMode.Untagged());

    private final Logger logger = (Logger) LoggerFactory.getLogger("audit");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void saysWhoChangedWhatAndBothRevisions() throws ChangeRejected {
        Topology before = change("rest 127.0.0.1", Topology.EMPTY, new PortGroupPut(WEB));
        change(
                "ovsdb 00000000000000a1",
                before,
                new BridgePut(new Bridge(new DatapathId(0xa1), "", List.of())),
                new PortGroupDeleted(WEB.name()));

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "who=\"rest 127.0.0.1\" revision=0..1 put=[/port-groups/web] deleted=[]",
                        "who=\"ovsdb 00000000000000a1\" revision=1..2 put=[/bridges/00000000000000a1]"
                                + " deleted=[/port-groups/web]");
    }

    @Test
    void keepsToOneLineWhateverANameHolds() throws ChangeRejected {
        change("eve\"\nwho=\"root", Topology.EMPTY, new PortGroupPut(WEB));

        assertThat(lines.list.get(0).getFormattedMessage()).startsWith("who=\"eve??who=?root\" revision=0..1 ");
    }

    private static Topology change(String who, Topology before, TopologyChange... changes) throws ChangeRejected {
        Topology.Applied applied = before.apply(List.of(changes));
        AuditLog.changed(who, before, applied);
        return applied.topology();
    }
}
