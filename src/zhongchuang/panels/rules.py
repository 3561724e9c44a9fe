"""Terms of experts' opinions that no document gives: a data file, read once."""

import tomllib
from functools import cache
from pathlib import Path

from django.utils import timezone

from zhongchuang.policy.procedure import last_day

HERE = Path(__file__).parent


@cache
def terms():
    return tomllib.loads((HERE / "terms.toml").read_text(encoding="utf-8"))


def offered():
    """So many experts are offered at once."""
    return terms()["pool"]["most"]


def due_of(case, today=None):
    """The last day of an opinion: after its working days, and never after that of the step."""
    own = last_day(today or timezone.localdate(), terms()["opinion"]["days"])
    return min(own, case.due) if case.due else own
