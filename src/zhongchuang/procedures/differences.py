"""What the version of a case that was handed in last changed against the one before."""

from dataclasses import dataclass, field

from zhongchuang.procedures.judging import as_read


@dataclass(frozen=True)
class Differences:
    """What was there before, by figure and by entry; by material the names of files that came and that went."""

    facts: dict = field(default_factory=dict)
    entries: dict = field(default_factory=dict)
    came: dict = field(default_factory=dict)
    gone: dict = field(default_factory=dict)

    @property
    def count(self):
        """In how many places something changed."""
        return len(self.facts) + len(self.entries) + len({*self.came, *self.gone})


def differences(case):
    """Of the last two versions; None where there is one alone."""
    versions = list(case.submissions.order_by("-number")[:2])
    if len(versions) < 2:
        return None
    after, before = versions
    files = {one: {slot: {file["key"]: file["name"] for file in held} for slot, held in one.materials.items()} for one in versions}  # fmt: skip
    return Differences(
        facts=as_read_or_unknown(before.facts, changed(before.facts, after.facts)),
        entries={name: before.entries.get(name, "") for name in changed(before.entries, case.entries)},
        came=beyond(files[after], files[before]),
        gone=beyond(files[before], files[after]),
    )  # fmt: skip


def changed(before, after):
    """The names under which two versions hold something else."""
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def as_read_or_unknown(facts, names):
    """The figures of these names; None for one that was unknown."""
    read = as_read({name: facts[name] for name in names if name in facts})
    return {name: read.get(name) for name in names}


def beyond(one, other):
    """By slot, the files of one version that the other does not hold."""
    found = {slot: {key: name for key, name in held.items() if key not in other.get(slot, {})} for slot, held in one.items()}  # fmt: skip
    return {slot: held for slot, held in found.items() if held}
