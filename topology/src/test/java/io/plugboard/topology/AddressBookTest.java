package io.plugboard.topology;

import static io.plugboard.topology.Network.mac;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.Scope.SharedAddress;
import io.plugboard.topology.model.VlanId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressBookTest {
    private static final SharedAddress A = shared(1);
    private static final SharedAddress B = shared(2);
    private static final SharedAddress C = shared(3);

    private static SharedAddress shared(int number) {
        return new SharedAddress(new Scope.OfVlan(new VlanId(100)), mac(number));
    }

    private static AddressBook book(SharedAddress... addresses) {
        AddressBook book = AddressBook.EMPTY;
        for (SharedAddress address : addresses) {
            book = book.with(address, AddressBook.EMPTY);
        }
        return book;
    }

    @Test
    void numbersAddressesAsTheyCome() {
        assertThat(book(A, B).numberOf(A)).contains(0);
        assertThat(book(A, B).numberOf(B)).contains(1);
        assertThat(book(A, B).numberOf(C)).isEmpty();
    }

    @Test
    void keepsTheNumberOfAnAddressThatItHas() {
        assertThat(book(A, B).with(A, book(C, A))).isEqualTo(book(A, B));
    }

    @Test
    void givesAnAddressThatComesBackItsNumberBefore() {
        assertThat(book(C).with(B, book(A, B)).numberOf(B)).contains(1);
        assertThat(AddressBook.EMPTY.with(B, book(A, B)).numberOf(B)).contains(1);
    }

    @Test
    void givesAnAddressWhoseNumberIsTakenAnother() {
        assertThat(book(C).with(A, book(A, B)).numberOf(A)).contains(2);
    }

    @Test
    void givesNoNumberFromHandToHandInOneTransaction() {
        assertThat(AddressBook.EMPTY.with(C, book(A, B)).numberOf(C)).contains(2);
        assertThat(book(A).with(C, book(A, B)).numberOf(C)).contains(2);
    }

    @Test
    void givesANumberAgainOnceItIsFree() {
        AddressBook left = book(A, B, C).without(1);

        assertThat(left.numberOf(B)).isEmpty();
        assertThat(left.with(shared(4), left).numberOf(shared(4))).contains(1);
        assertThat(left.without(1)).isEqualTo(left);
    }

    @Test
    void isMadeAnewOfItsNumbers() {
        AddressBook book = book(A, B, C).without(1);

        assertThat(AddressBook.of(book.byNumber().byNumber())).isEqualTo(book);
        assertThat(AddressBook.of(Map.of())).isEqualTo(AddressBook.EMPTY);
    }
}
