"""The main job in one command: bin/plugboard demo. The story is in chapters/, what it is played in is in lab.py."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "mininet"))

import sandbox
from chapters import CHAPTERS, unplugged
from lab import PICTURE, Lab
from plugboard import PlugboardError
from story import Story

INTERRUPTED = 130  # the exit status that shells give for Ctrl-C
LOG_LINES = 30
# What a chapter ends with when something else than its observations goes wrong.
FAILURES = (PlugboardError, RuntimeError, OSError, KeyError, subprocess.SubprocessError)


def main():
    parser = argparse.ArgumentParser(prog="bin/plugboard demo", description="Plays Plugboard's story on this machine.")
    parser.add_argument("--keep", action="store_true", help="leave the controller and the network running")
    parser.add_argument("--controller-port", type=int, metavar="PORT", help="TCP port for OpenFlow (default: a free one)")
    parser.add_argument("--rest-port", type=int, metavar="PORT", help="TCP port for REST (default: a free one)")
    options = parser.parse_args()
    return sandbox.play(lambda directory, done: play(options, directory, done), options.keep)


def play(options, directory, done):
    """Tells the story, and reports by done(status): 0 when all was as expected."""
    for number in sandbox.FORWARDED:
        signal.signal(number, interrupt)
    story = Story()
    lab = Lab(directory, options.controller_port, options.rest_port)
    try:
        with lab:
            tell(story, lab, CHAPTERS if options.keep else (*CHAPTERS, unplugged))
            status = 0 if story.end() else 1
            if options.keep:
                leave_running(story, lab)
                done(status)
                signal.pause()
        done(status)
    except KeyboardInterrupt:
        story.tell("\n interrupted: everything is taken down")
        done(INTERRUPTED)
    except FAILURES as failure:
        story.failed(failure)
        tell_log(story, lab)
        done(1)


def interrupt(*_):
    """Ends the story, once: taking the lab down is not to be interrupted."""
    for number in sandbox.FORWARDED:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def tell(story, lab, chapters):
    story.tell(story.styled("title", "Plugboard: a virtual switch that never learns, because it knows who is plugged in where"))
    story.tell(PICTURE.rstrip())
    for chapter in chapters:
        story.chapter(chapter.TITLE, chapter.INTRODUCTION)
        differed = story.differed
        try:
            chapter.play(lab, story.expect)
        except FAILURES as failure:
            story.failed(failure)
        if story.differed > differed:
            tell_log(story, lab)


def tell_log(story, lab):
    if lab.controller.log.exists():
        story.tell(f"\n    The controller's last {LOG_LINES} lines:")
        for line in lab.controller.log.read_text(errors="replace").splitlines()[-LOG_LINES:]:
            story.tell(f"    | {line}")


def leave_running(story, lab):
    """Says how to look at what goes on running, and lets go of the terminal."""
    story.tell(f"""
 All of it is left running. To look at it, and to end it:
    export PLUGBOARD_SERVER={lab.rest.server} OVS_RUNDIR={lab.directory}
    curl $PLUGBOARD_SERVER/api/v1/vnics
    ovs-ofctl -O OpenFlow13 dump-flows pb-h1
    mnexec -a {lab.net['h1g1'].pid} ping {lab.net['h2g1'].IP()}      # a shell command in the guest h1g1
    kill {os.getpid()}""")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())


if __name__ == "__main__":
    sys.exit(main())
