"""A ping that runs while the story goes on."""

import re
import subprocess

ANSWER = re.compile(r"icmp_seq=(\d+)")


class Ping:
    """Sends an echo request every interval (seconds), from a Mininet host to an address, until it is stopped."""

    def __init__(self, host, address, interval, output):
        self.output = output
        with open(output, "wb") as file:
            command = ["ping", "-n", "-i", str(interval), address]
            self.process = host.popen(command, stdout=file, stderr=subprocess.STDOUT)

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def answers(self):
        """The sequence numbers of the answers so far, as they came."""
        return [int(number) for number in ANSWER.findall(self.output.read_text())]

    def lost(self):
        """How many requests before the last answered one have no answer."""
        answers = self.answers()
        return max(answers, default=0) - len(set(answers))

    def duplicates(self):
        answers = self.answers()
        return len(answers) - len(set(answers))
