package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.controller.reconcile.Installed.ForeignFlow;
import io.plugboard.controller.reconcile.InstalledFlow;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IpProtocol;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.TransportPort;
import org.projectfloodlight.openflow.types.U64;

@Domain(RandomCommands.class)
class FlowStatisticsTest {
    private static final InstalledFlow FIRST =
            new InstalledFlow(new FlowKey(0, 1, Match.any()), 1, Instructions.DROP, 2, 3);
    private static final InstalledFlow LAST =
            new InstalledFlow(new FlowKey(5, 6, Match.any()), 7, Instructions.DROP, 8, 9);

    private final FlowStatistics statistics = new FlowStatistics();

    @Property
    void readsWhatWasInstalled(@ForAll @Size(max = 20) List<InstalledFlow> installed) {
        FlowStatistics read = new FlowStatistics();

        read.read(OpenFlowJ.flowReply(installed));

        assertThat(read.whole().flows()).isEqualTo(installed);
        assertThat(read.whole().foreign()).isEmpty();
    }

    @Example
    void reportsFlowWithUnknownFieldAsForeignAndKeepsItsNeighbours() {
        ByteBuf reply = reply(OpenFlow13.FACTORY
                .buildFlowStatsEntry()
                .setTableId(TableId.of(3))
                .setCookie(U64.of(0x77))
                .setMatch(OpenFlow13.FACTORY
                        .buildMatch()
                        .setExact(MatchField.ETH_TYPE, EthType.IPv4)
                        .setExact(MatchField.IP_PROTO, IpProtocol.TCP)
                        .setExact(MatchField.TCP_DST, TransportPort.of(22))
                        .build())
                .build());

        statistics.read(new Frame(reply));

        assertThat(statistics.whole().flows()).containsExactly(FIRST, LAST);
        assertThat(statistics.whole().foreign()).hasSize(1).first().satisfies(flow -> {
            assertThat(flow.table()).isEqualTo(3);
            assertThat(flow.cookie()).isEqualTo(0x77);
            assertThat(flow.description()).contains("tcp_dst=22");
        });
    }

    @Example
    void reportsFlowWithTimeoutAsForeignSinceItWillGoByItself() {
        statistics.read(new Frame(reply(OpenFlow13.FACTORY
                .buildFlowStatsEntry()
                .setTableId(TableId.of(3))
                .setIdleTimeout(10)
                .setMatch(OpenFlow13.FACTORY.matchWildcardAll())
                .build())));

        assertThat(statistics.whole().flows()).containsExactly(FIRST, LAST);
        assertThat(statistics.whole().foreign()).hasSize(1);
    }

    @Example
    void reportsDamagedEntryAsForeignByItsOctets() {
        ByteBuf reply = reply(OpenFlow13.FACTORY
                .buildFlowStatsEntry()
                .setTableId(TableId.of(3))
                .setMatch(OpenFlow13.FACTORY.matchWildcardAll())
                .build());
        int matchLength = 16 + 56 + 48 + 2;
        reply.setShort(matchLength, 60_000);

        statistics.read(new Frame(reply));

        assertThat(statistics.whole().flows()).containsExactly(FIRST, LAST);
        assertThat(statistics.whole().foreign())
                .extracting(ForeignFlow::description)
                .allSatisfy(description -> assertThat(description).startsWith("octets "));
    }

    @Example
    void endsTheSessionOverAnEntryOfNoLength() {
        ByteBuf reply = OpenFlowJ.flowReply(List.of(FIRST)).bytes();
        reply.setShort(16, 0);

        assertThatThrownBy(() -> statistics.read(new Frame(reply)))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("an entry of 0 octets");
    }

    /** FIRST, the given one, LAST. */
    private static ByteBuf reply(OFFlowStatsEntry middle) {
        ByteBuf reply =
                Unpooled.buffer().writeBytes(OpenFlowJ.flowReply(List.of(FIRST)).bytes());
        middle.writeTo(reply);
        reply.writeBytes(OpenFlowJ.flowReply(List.of(LAST)).multipartBody());
        return reply.setShort(2, reply.readableBytes());
    }
}
