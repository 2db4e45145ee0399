"""The controller under test: bin/plugboard serve, as a process that the story may kill."""

import os
import subprocess
from pathlib import Path

from plugboard import Rest

COMMAND = Path(__file__).resolve().parent.parent / "bin/plugboard"
LOOPBACK = "127.0.0.1"
PATIENCE = 30  # seconds to end by itself


class Controller:
    """Its data directory and its addresses are the same whenever it is started."""

    def __init__(self, directory, openflow_port, ovsdb_port, rest_port):
        self.directory = directory
        self.log = directory / "controller.log"
        self.openflow_port = openflow_port
        self.ovsdb_port = ovsdb_port
        self.rest_address = f"{LOOPBACK}:{rest_port}"
        self.rest = Rest(self.rest_address)
        self.process = None

    def start(self):
        command = [COMMAND, "serve", "--data", self.directory / "data"]
        command += ["--listen-openflow", f"{LOOPBACK}:{self.openflow_port}", "--listen-rest", self.rest_address]
        command += ["--listen-ovsdb", f"{LOOPBACK}:{self.ovsdb_port}"]
        # What the JVM and the store put into the temporary directory would stay there after a kill -9.
        options = f"-Djava.io.tmpdir={self.directory} -XX:-UsePerfData {os.environ.get('PLUGBOARD_JAVA_OPTS', '')}"
        environment = {**os.environ, "PLUGBOARD_JAVA_OPTS": options}
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def is_ready(self):
        """RuntimeError when it never will be."""
        if self.process.poll() is not None:
            raise RuntimeError(f"the controller ended by itself, with exit status {self.process.returncode}")
        return self.rest.is_ready()

    def kill(self):
        """As kill -9 does."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        """As SIGTERM does."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
