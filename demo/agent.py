"""The agent of a host: bin/plugboard agent, which looks at the namespaces of its guests."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

COMMAND = Path(__file__).resolve().parent.parent / "bin/plugboard"


@contextmanager
def following(guest, directory):
    """Writes what this Mininet host's card wants to receive into the database, for as long as the context is open."""
    command = [COMMAND, "agent", "--pid", str(guest.pid), "--ovsdb", f"unix:{directory}/db.sock"]
    environment = {**os.environ, "PLUGBOARD_JAVA_OPTS": f"-Djava.io.tmpdir={directory} -XX:-UsePerfData"}
    with open(directory / "agent.log", "ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            yield
        finally:
            process.terminate()
            process.wait()
