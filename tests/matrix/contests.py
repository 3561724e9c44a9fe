"""The way to a review: for those who work for the operator whom the decision concerns."""

from tests.matrix.procedures import refused
from tests.matrix.rows import APPLICANTS, OWN, Form, at, row
from zhongchuang.procedures.contestable import subject_of


def subject(world, owner):
    return subject_of(refused(world, owner))


ROWS = [
    row(
        "contests:ask", {"subject": subject}, of=("bees",), answers={200: at(APPLICANTS, OWN)},
        form=Form(by="bees.operator_head", of="bees", entry="case_begun"),
    ),
]  # fmt: skip
SECRETS = []
