"""Documents of cases: written at the step by those whose turn it is, read by officials, once issued by the operator too."""

from tests.matrix.procedures import LOOK_ON, READ
from tests.matrix.procedures import handed_in as handed_in_there
from tests.matrix.rows import ABOVE, COUNTY, Form, Secret, at, row
from tests.matrix.spaces import RUN_IT
from zhongchuang.papers import actions
from zhongchuang.papers.models import Paper
from zhongchuang.papers.wording import prefilled
from zhongchuang.procedures import actions as moves
from zhongchuang.procedures.models import Case

CLERKS = at({"clerk"}, COUNTY)


def at_county(world, owner):
    """A filing to which the city consented: now the county writes its letter."""
    case = handed_in_there(world, owner)
    moves.move(case, "propose", by=world["jia.clerk"], version=case.version, proposed="consent", words="looked at")  # fmt: skip
    moves.move(case, "sign", by=world["jia.approver"], version=case.version)
    return Case.objects.get(pk=case.pk)


def letter(world, owner, **words):
    case = at_county(world, owner)
    fields = prefilled(case, "letter") | words
    return actions.write(case, "letter", by=world["ping.clerk"], **fields)


def issued(world, owner):
    paper = letter(world, owner)
    case = Case.objects.get(pk=paper.case_id)
    moves.move(case, "propose", by=world["ping.clerk"], version=case.version, proposed="recommend", words="looked at")  # fmt: skip
    moves.move(case, "sign", by=world["ping.approver"], version=case.version)
    return Paper.objects.get(pk=paper.pk)


def unmistakable(world, owner):
    return letter(world, owner, text="words of a nuthatch")


def key(make):
    return lambda world, owner: make(world, owner).key


WORDS = {
    "word": "P",
    "to": "the province",
    "title": "a letter",
    "text": "we recommend it",
    "enclosures": "the form",
    "copies": "the operator",
    "office": "the office",
}
TEXTS = ("word", "to", "title", "text", "enclosures", "copies", "office")
ROWS = [
    row(
        "papers:write", {"key": key(at_county), "kind": "letter"}, of=("bees",),
        answers={200: CLERKS, 403: (LOOK_ON - CLERKS) | RUN_IT},
        form=Form(by="ping.clerk", of="bees", sends=WORDS, entry="paper_written", texts=TEXTS),
    ),
    row("papers:paper", {"key": key(letter)}, of=("bees",), answers={200: LOOK_ON}),
    row("papers:paper", {"key": key(issued)}, of=("bees",), answers={200: LOOK_ON | RUN_IT}),
    row(
        "papers:change", {"key": key(letter)}, of=("bees",), answers={200: CLERKS, 403: LOOK_ON - CLERKS},
        form=Form(by="ping.clerk", of="bees", sends=WORDS, entry="paper_changed", texts=TEXTS),
    ),
    row("papers:word", {"key": key(issued)}, of=("bees",), answers={200: LOOK_ON | RUN_IT}),
    row("papers:printed", {"key": key(issued)}, of=("bees",), answers={200: LOOK_ON | RUN_IT}),
]  # fmt: skip
SECRETS = [
    Secret("words of a nuthatch", of="bees", seen=at(READ, COUNTY, ABOVE), make=unmistakable),
]
