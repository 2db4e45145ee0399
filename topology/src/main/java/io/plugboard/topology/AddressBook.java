package io.plugboard.topology;

import io.plugboard.topology.Scope.SharedAddress;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** The shared and multicast addresses of one bridge, each with its number. Immutable. */
record AddressBook(Numbering<SharedAddress> byNumber, PMap<SharedAddress, Integer> numbers) {
    static final AddressBook EMPTY = new AddressBook(Numbering.empty(), HashTreePMap.empty());

    static AddressBook of(Map<Integer, SharedAddress> numbered) {
        AddressBook book = EMPTY;
        for (Map.Entry<Integer, SharedAddress> entry : numbered.entrySet()) {
            book = book.with(entry.getValue(), entry.getKey());
        }
        return book;
    }

    Optional<Integer> numberOf(SharedAddress address) {
        return Optional.ofNullable(numbers.get(address));
    }

    /**
     * With this address among them: under the number that it had before, else the smallest that no other has now or had
     * before, so that one transaction does not give a number from hand to hand.
     */
    AddressBook with(SharedAddress address, AddressBook before) {
        if (numbers.containsKey(address)) {
            return this;
        }
        int number = before.numberOf(address)
                .filter(old -> byNumber.at(old).isEmpty())
                .orElseGet(() -> byNumber.smallestFree(
                        candidate -> before.byNumber.at(candidate).isPresent()));
        return with(address, number);
    }

    private AddressBook with(SharedAddress address, int number) {
        return new AddressBook(byNumber.with(number, address), numbers.plus(address, number));
    }

    AddressBook without(int number) {
        return byNumber.at(number)
                .map(address -> new AddressBook(byNumber.without(number), numbers.minus(address)))
                .orElse(this);
    }
}
