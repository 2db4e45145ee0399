"""The story on the terminal: chapters, and in each what was expected beside what was seen."""

import os
import sys
import textwrap

WHAT, EXPECTED = 50, 20  # widths of columns; what was seen is the last one
STYLES = {"title": "1", "good": "32", "bad": "1;31", "faint": "2"}


class Story:
    """Prints as it goes, and remembers whether all was as expected. Without a terminal it prints plain text."""

    def __init__(self, out=sys.stdout):
        out.reconfigure(errors="replace")
        self.out = out
        self.colours = out.isatty() and "NO_COLOR" not in os.environ
        self.marks = ("✓", "✗") if (out.encoding or "").lower().startswith("utf") else ("ok", "NOT OK")
        self.seen = 0
        self.differed = 0
        self.chapters = 0

    def tell(self, text=""):
        print(text, file=self.out, flush=True)

    def chapter(self, title, introduction):
        self.chapters += 1
        self.tell()
        self.tell(self.styled("title", f" {self.chapters}  {title}"))
        for line in textwrap.wrap(" ".join(introduction.split()), 90):
            self.tell(self.styled("faint", f"    {line}"))
        self.tell(self.styled("faint", f"      {'':{WHAT}}{'expected':{EXPECTED}}seen"))

    def expect(self, what, expected, seen):
        """One line of a chapter. What was seen differs from what was expected when the two texts do."""
        expected, seen = str(expected), str(seen)
        good = expected == seen
        self.seen += 1
        self.differed += not good
        mark = self.styled("good", self.marks[0]) if good else self.styled("bad", self.marks[1])
        self.tell(f"    {mark} {what:{WHAT}}{expected:{EXPECTED}}{seen if good else self.styled('bad', seen)}")

    def failed(self, reason):
        """A chapter that could not be played to its end."""
        self.seen += 1
        self.differed += 1
        self.tell(f"    {self.styled('bad', self.marks[1])} {reason}")

    def end(self):
        """Prints the summary, and returns whether all was as expected."""
        self.tell()
        if self.differed:
            self.tell(self.styled("bad", f" {self.differed} of {self.seen} observations were not as expected."))
        else:
            self.tell(self.styled("good", f" All {self.seen} observations were as expected."))
        return not self.differed

    def styled(self, style, text):
        return f"\033[{STYLES[style]}m{text}\033[0m" if self.colours else text
