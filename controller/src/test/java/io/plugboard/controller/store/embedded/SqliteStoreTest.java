package io.plugboard.controller.store.embedded;

import io.plugboard.controller.store.StoreUnusable;
import io.plugboard.controller.store.TopologyStore;
import io.plugboard.controller.store.TopologyStoreTest;
import java.nio.file.Path;

class SqliteStoreTest extends TopologyStoreTest {
    @Override
    protected TopologyStore open(Path directory) throws StoreUnusable {
        return SqliteStore.open(directory);
    }
}
