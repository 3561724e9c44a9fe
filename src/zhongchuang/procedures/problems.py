"""Something about an application that its applicant, or who judges it, should look at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Something to look at: an error keeps the application from being handed in, a warning does not."""

    is_error: bool
    place: str
    sentence: str
    given: dict

    def __str__(self):
        return str(self.sentence) % self.given
