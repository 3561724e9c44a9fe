"""What is sealed by the class of its field stands in no log and in no draft, whatever the field is called.

`tests/matrix/test_forms.py` sends every form of the site and looks for what came to lie in a sealed field.
"""

import pytest
from django import forms
from django.apps import apps
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from tests.matrix.asking import hidden_fields
from zhongchuang.audit.actions import log
from zhongchuang.audit.models import Entry, Subject
from zhongchuang.objections.forms import ObjectionForm
from zhongchuang.records.models import Draft
from zhongchuang.records.views.drafts import sealed_in
from zhongchuang.sealed.actions import sealed_fields

OURS = [one for one in apps.get_models() if one.__module__.startswith("zhongchuang.")]
SEALED = sorted({field.model for field in sealed_fields(OURS)}, key=lambda one: one._meta.label)


def filled(model, depth=2):
    """A row that was not saved, with a word of its own in each sealed field; the words by their field."""
    words = {field.name: f"wryneck{number}" for number, field in enumerate(sealed_fields([model]))}
    row = model(pk=7, **words)
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and depth:
            setattr(row, field.name, filled(field.related_model, depth - 1)[0])
        elif isinstance(field, models.DateField):
            setattr(row, field.name, timezone.now())
    return row, words


def logged(subject, **values):
    with transaction.atomic():
        entry = log(subject, "tried", by=None, **values)
    return f"{entry.details} {entry.subject_label}"


@pytest.mark.django_db
@pytest.mark.parametrize("model", SEALED, ids=lambda one: one._meta.label)
def test_an_entry_about_a_row_tells_nothing_that_it_seals(model):
    row, words = filled(model)
    given = {"rows": [words], "row": row} | words
    told = logged(row, given=given, old=words, new=words)
    told += logged(Subject(model._meta.label_lower, "7", "x"), new=given)
    assert [one for one in words.values() if one in told] == []
    assert "tried" in Entry.objects.latest("number").verb


def test_a_field_of_any_name_is_left_out_of_the_log_by_its_class(person):
    ming = person.objects.create(name="Ming", identity="33048219900307123X", phone="13812341234")
    told = logged(ming, new={"phone": "13812341234", "name": "Ming"}, old={"phone": ming.phone})
    assert ("13812341234" in told, "Ming" in told) == (False, True)


class CallForm(forms.Form):
    """A form of the app of objections: one entry is named as a field that is sealed there, the other is not."""

    __module__ = "zhongchuang.objections.forms"
    phone = forms.CharField()
    words = forms.CharField()


def test_a_draft_of_any_form_keeps_no_entry_that_is_sealed_by_its_class_or_as_the_field_of_its_app(signed_in, monkeypatch):  # fmt: skip
    assert sealed_in(CallForm()) == ("phone",)
    assert sealed_in(CallForm(prefix="a")) == ("a-phone",)
    assert set(sealed_in(ObjectionForm(places=[]))) == {"name", "credit_code", "phone", "email"}
    monkeypatch.setattr("zhongchuang.records.views.numbers.NumberForm", CallForm)
    client = signed_in("zhe.clerk")
    form = hidden_fields(client.get(reverse("records:numbers")).content.decode())
    sent = form | {"phone": "13812341234", "words": "call in the morning"}
    answer = client.post(reverse("records:drafts"), sent, headers={"X-Draft": "1"})
    assert (answer.status_code, Draft.objects.get().fields) == (200, {"words": ["call in the morning"]})  # fmt: skip
