"""Evaluations and grants from before the platform, so that a department starts from where it is."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from zhongchuang.credit import access as credit_access
from zhongchuang.credit import actions as credit
from zhongchuang.imports.declaration import Kind
from zhongchuang.past.access import may_bring_in
from zhongchuang.past.actions import undo, write_evaluations, write_grants
from zhongchuang.past.importable.credit_records import checked_credit
from zhongchuang.past.importable.credit_records import columns as credit_columns
from zhongchuang.past.importable.evaluations import checked_evaluations
from zhongchuang.past.importable.evaluations import columns as evaluation_columns
from zhongchuang.past.importable.grants import checked_grants
from zhongchuang.past.importable.grants import columns as grant_columns


def importable():
    kind = partial(Kind, may=may_bring_in, undo=undo, as_evidence=True)
    return [
        kind(
            "past_evaluations", _("Past evaluations"),
            _("How spaces were evaluated before your department worked on this platform, a row for each space and year, with the document that says so. What nobody knows stays blank; it counts as unknown, never as zero."),
            evaluation_columns(), check=checked_evaluations, write=write_evaluations,
        ),
        kind(
            "past_grants", _("Past grants"),
            _("Awards and subsidies that were decided before the platform, a row for each payment, with the document. An amount that nobody knows stays blank. What a person got is sealed once it is recorded."),
            grant_columns(), check=checked_grants, write=write_grants,
        ),
        Kind(
            "credit_records", _("Credit records"),
            _("Good and bad records of operators from before the platform, each with the document that it rests on. Operators read their own and may ask for a correction or for credit repair."),
            credit_columns(), check=checked_credit, write=credit.write_records, may=credit_access.may_bring_in, undo=credit.undo, as_evidence=True,
        ),
    ]  # fmt: skip
