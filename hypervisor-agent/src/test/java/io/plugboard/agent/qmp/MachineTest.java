package io.plugboard.agent.qmp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.plugboard.agent.keys.Card;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {
    private static final MacAddress CONFIGURED = MacAddress.parse("52:54:00:00:00:01");
    private static final String ONE_CARD = "net0: index=0,type=nic,model=virtio-net-pci,macaddr=52:54:00:00:00:99\r\n"
            + " \\ hn0: index=0,type=tap,ifname=vnet0,script=no,downscript=no\r\n";

    private final List<List<Card>> told = new ArrayList<>();
    private final Machine machine = new Machine("web-1", told::add);
    private final Monitor monitor = new Monitor();

    /** Answers when it is told to, in the order of the questions. */
    private static final class Monitor implements QmpMonitor {
        private record Asked(String command, ObjectNode arguments, CompletableFuture<JsonNode> answer) {}

        private final Deque<Asked> asked = new ArrayDeque<>();
        private final Deque<Runnable> later = new ArrayDeque<>();
        private int filtersAsked;

        @Override
        public CompletionStage<JsonNode> execute(String command, ObjectNode arguments) {
            Asked question = new Asked(command, arguments, new CompletableFuture<>());
            asked.add(question);
            filtersAsked += command.equals("query-rx-filter") ? 1 : 0;
            return question.answer();
        }

        @Override
        public void later(Duration pause, Runnable action) {
            later.add(action);
        }

        void answer(String command, JsonNode returned) {
            Asked question = asked.remove();
            assertThat(question.command()).isEqualTo(command);
            question.answer().complete(returned);
        }

        void refuse(String command) {
            Asked question = asked.remove();
            assertThat(question.command()).isEqualTo(command);
            question.answer().completeExceptionally(new QmpFailure("no"));
        }

        void answerFilters(JsonNode... cards) {
            answer("query-rx-filter", JsonNodeFactory.instance.arrayNode().addAll(List.of(cards)));
        }

        void letTimePass() {
            later.remove().run();
        }
    }

    private void begin(String status, String network, JsonNode... cards) {
        machine.ready(monitor);
        monitor.answer("query-status", Filters.json("{'status': '" + status + "'}"));
        monitor.answerFilters(cards);
        monitor.answer("human-monitor-command", TextNode.valueOf(network));
    }

    private void beginWithOneCard() {
        begin("running", ONE_CARD, Filters.setUp("net0"));
        monitor.answer("qom-get", TextNode.valueOf(CONFIGURED.toString()));
        monitor.letTimePass();
    }

    private void tell(String event) {
        machine.event(monitor, event, MissingNode.getInstance());
    }

    private List<Card> last() {
        return told.get(told.size() - 1);
    }

    private RxFilter lastFilter() {
        return last().get(0).rxFilter().orElseThrow();
    }

    @Test
    void tellsOfCardWithItsTapItsConfiguredAddressAndItsFilter() {
        beginWithOneCard();
        assertThat(last())
                .containsExactly(new Card(
                        Optional.of("vnet0"),
                        Optional.empty(),
                        Optional.of(CONFIGURED),
                        ReportedFilter.read(Filters.setUp("net0")),
                        Optional.of(true)));
    }

    @Test
    void tellsNothingOfCardBeforeAllOfItIsKnown() {
        begin("running", ONE_CARD, Filters.setUp("net0"));
        tell("RESUME");
        assertThat(told).allSatisfy(cards -> assertThat(cards).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "running, true",
        "suspended, true",
        "paused, false",
        "prelaunch, false",
        "inmigrate, false",
        "postmigrate, false",
        "finish-migrate, false",
        "shutdown, false",
        "internal-error, false"
    })
    void knowsByTheStatusWhetherTheGuestRunsHere(String status, boolean runs) {
        begin(status, ONE_CARD, Filters.setUp("net0"));
        monitor.answer("qom-get", TextNode.valueOf(CONFIGURED.toString()));
        assertThat(last()).extracting(Card::running).containsExactly(Optional.of(runs));
    }

    @Test
    void followsResumeAndStopAtOnce() {
        beginWithOneCard();
        tell("STOP");
        assertThat(last()).extracting(Card::running).containsExactly(Optional.of(false));
        tell("RESUME");
        assertThat(last()).extracting(Card::running).containsExactly(Optional.of(true));
        tell("SHUTDOWN");
        assertThat(last()).extracting(Card::running).containsExactly(Optional.of(false));
    }

    @Test
    void believesWhatItIsToldMoreThanAnAnswerThatIsOlder() {
        beginWithOneCard();
        machine.ready(monitor);
        tell("STOP");
        monitor.answer("query-status", Filters.json("{'status': 'running'}"));
        assertThat(last()).extracting(Card::running).containsExactly(Optional.of(false));
    }

    @Test
    void asksForTheFilterThatGuestHasBroughtFromElsewhere() {
        begin("inmigrate", ONE_CARD, Filters.untouched("net0"));
        monitor.answer("qom-get", TextNode.valueOf(CONFIGURED.toString()));
        monitor.letTimePass();
        assertThat(last()).extracting(Card::rxFilter).containsExactly(Optional.empty());
        tell("RESUME");
        monitor.answerFilters(Filters.setUp("net0"));
        monitor.answer("human-monitor-command", TextNode.valueOf(ONE_CARD));
        monitor.answer("qom-get", TextNode.valueOf(CONFIGURED.toString()));
        assertThat(lastFilter().promiscuous()).isFalse();
    }

    @Test
    void asksAgainAtOnceWhenFilterHasChanged() {
        beginWithOneCard();
        tell("NIC_RX_FILTER_CHANGED");
        monitor.answerFilters(Filters.setUp("net0").put("promiscuous", true));
        assertThat(lastFilter().promiscuous()).isTrue();
        assertThat(monitor.asked).isEmpty();
    }

    @Test
    void asksOneQuestionAtTimeHoweverOftenFilterChanges() {
        beginWithOneCard();
        int before = monitor.filtersAsked;
        for (int event = 0; event < 1000; event++) {
            tell("NIC_RX_FILTER_CHANGED");
        }
        assertThat(monitor.filtersAsked).isEqualTo(before + 1);
        monitor.answerFilters(Filters.setUp("net0"));
        tell("NIC_RX_FILTER_CHANGED");
        assertThat(monitor.asked).isEmpty();
        monitor.letTimePass();
        monitor.answerFilters(Filters.setUp("net0").put("main-mac", "52:54:00:00:00:77"));
        monitor.letTimePass();
        assertThat(monitor.asked).isEmpty();
        assertThat(monitor.filtersAsked).isEqualTo(before + 2);
        assertThat(lastFilter().mac()).isEqualTo(MacAddress.parse("52:54:00:00:00:77"));
    }

    @Test
    void knowsNoFilterFromResetUntilTheGuestHasSetItsCardUpAgain() {
        beginWithOneCard();
        tell("RESET");
        monitor.answerFilters(Filters.untouched("net0"));
        monitor.letTimePass();
        assertThat(last()).extracting(Card::rxFilter).containsExactly(Optional.empty());
        tell("NIC_RX_FILTER_CHANGED");
        monitor.answerFilters(Filters.setUp("net0"));
        assertThat(lastFilter().promiscuous()).isFalse();
    }

    @Test
    void tellsWhetherTheGuestRunsOfCardsThatHaveNoFilterToAskFor() {
        begin("running", "e1000.0: index=0,type=nic,model=e1000\r\n \\ h: index=0,type=tap,ifname=vnet7,script=no\r\n");
        monitor.refuse("qom-get");
        assertThat(last())
                .containsExactly(new Card(
                        Optional.of("vnet7"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(true)));
    }

    @Test
    void goesByTheAddressWhereTheHumanMonitorIsRefused() {
        machine.ready(monitor);
        monitor.answer("query-status", Filters.json("{'status': 'running'}"));
        monitor.answerFilters(Filters.setUp("net0"));
        monitor.refuse("human-monitor-command");
        monitor.answer("qom-get", TextNode.valueOf(CONFIGURED.toString()));
        assertThat(last()).extracting(Card::device).containsExactly(Optional.empty());
        assertThat(last()).extracting(Card::initialMac).containsExactly(Optional.of(CONFIGURED));
    }

    @Test
    void learnsOfCardsThatArePluggedInAndPulledOut() {
        beginWithOneCard();
        tell("NIC_RX_FILTER_CHANGED");
        monitor.answerFilters(Filters.setUp("net0"), Filters.setUp("net1"));
        monitor.answer(
                "human-monitor-command",
                TextNode.valueOf(ONE_CARD + "net1: index=0,type=nic,\n \\ hn1: index=0,type=tap,ifname=vnet1\n"));
        monitor.answer("qom-get", TextNode.valueOf(CONFIGURED.toString()));
        monitor.answer("qom-get", TextNode.valueOf("52:54:00:00:00:02"));
        monitor.letTimePass();
        assertThat(last()).extracting(Card::device).containsExactly(Optional.of("vnet0"), Optional.of("vnet1"));

        tell("DEVICE_DELETED");
        monitor.answerFilters(Filters.setUp("net0"));
        monitor.answer("human-monitor-command", TextNode.valueOf(ONE_CARD));
        monitor.answer("qom-get", TextNode.valueOf(CONFIGURED.toString()));
        assertThat(last()).extracting(Card::device).containsExactly(Optional.of("vnet0"));
    }

    @Test
    void keepsFilterThatWasGoodWhenLaterOneCannotBe() {
        beginWithOneCard();
        RxFilter before = lastFilter();
        tell("NIC_RX_FILTER_CHANGED");
        monitor.answerFilters(Filters.setUp("net0").put("main-mac", "01:00:5e:00:00:01"));
        assertThat(lastFilter()).isEqualTo(before);
    }

    @Test
    void asksAgainAfterRefusal() {
        beginWithOneCard();
        tell("NIC_RX_FILTER_CHANGED");
        monitor.refuse("query-rx-filter");
        monitor.letTimePass();
        tell("NIC_RX_FILTER_CHANGED");
        monitor.answerFilters(Filters.setUp("net0").put("promiscuous", true));
        assertThat(lastFilter().promiscuous()).isTrue();
    }

    @Test
    void believesInSixtyFourCardsAtMost() {
        machine.ready(monitor);
        monitor.answer("query-status", Filters.json("{'status': 'running'}"));
        JsonNode[] cards = new JsonNode[1000];
        for (int card = 0; card < cards.length; card++) {
            cards[card] = Filters.setUp("net" + card);
        }
        monitor.answerFilters(cards);
        monitor.answer("human-monitor-command", TextNode.valueOf(""));
        while (!monitor.asked.isEmpty()) {
            monitor.refuse("qom-get");
        }
        assertThat(last()).hasSize(64);
    }

    @Test
    void runsNoMoreWhenItsProcessIsGoneAndSoUntilItHasComeBack() {
        beginWithOneCard();
        machine.absent();
        assertThat(last()).extracting(Card::running).containsExactly(Optional.of(false));
        assertThat(last()).extracting(Card::device).containsExactly(Optional.of("vnet0"));
        begin("running", ONE_CARD, Filters.setUp("net0"));
        monitor.answer("qom-get", TextNode.valueOf(CONFIGURED.toString()));
        assertThat(last()).extracting(Card::running).containsExactly(Optional.of(true));
    }

    @Test
    void runsNoMoreThoughItsProcessIsGoneBeforeItHasAnsweredAgain() {
        beginWithOneCard();
        machine.ready(new Monitor());
        assertThat(last()).extracting(Card::running).containsExactly(Optional.of(true));

        machine.absent();
        assertThat(last()).extracting(Card::running).containsExactly(Optional.of(false));
    }
}
