"""What the texts of a file say of the figures of a space, to be compared with the register."""

from zhongchuang.policy.wording import said_in

MOST = 100
"""Sayings that are kept; a paper says few figures, a table of thousands is none."""

LONGEST = 200_000
"""Characters of a text that are looked through."""


class Said:
    """Collects what is said: the fact, its amount exactly, the words, and where they stand."""

    def __init__(self):
        self.found = []

    def __call__(self, place, given, text):
        for one in said_in(text[:LONGEST]):
            if len(self.found) >= MOST:
                return
            self.found.append([one.column.fact.name, str(one.amount), one.words, place, given])
