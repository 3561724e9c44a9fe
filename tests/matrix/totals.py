"""Figures of a region: everybody signed in sees those of the spaces that they see, and of no others."""

from tests.matrix.rows import Form, row

ROWS = [
    row("totals:totals", otherwise=200),
    row("totals:totals", query="on=2026-07-01&window=last_12_months", otherwise=200),
    row("totals:overlaps", otherwise=200),
    row("totals:spread", {"fact": "desks"}, otherwise=200),
    row(
        "totals:export", otherwise=200,
        form=Form(by="jia.clerk", sends={"kind": "csv"}, entry="register_exported", answer=200),
    ),
]  # fmt: skip
SECRETS = []
