"""Every column is known to the privacy inventory, and only what it calls public is public."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps

from zhongchuang.organisations.models import Organisation, User
from zhongchuang.page.public import public_row
from zhongchuang.privacy.inventory import (
    faults_of_public_fields,
    our_fields,
    our_models,
    public_fields,
)
from zhongchuang.sealed.fields import EncryptedText

ROPA = Path(__file__).parents[2] / "docs" / "privacy" / "ropa.csv"
COLUMNS = ["app", "model", "field", "label", "personal", "purpose", "basis", "kept"]
LABELS = {"公开", "内部", "敏感", "核心"}


@pytest.fixture(scope="module")
def rows():
    with ROPA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key(row):
    return row["app"], row["model"], row["field"]


def test_every_field_of_our_models_has_a_row(rows):
    missing = sorted(set(our_fields()) - {key(row) for row in rows})
    lines = "\n".join(",".join([*field, "内部", "否", "", "", ""]) for field in missing)
    assert missing == [], f"Add to docs/privacy/ropa.csv:\n{lines}"


def test_every_row_names_a_field_that_there_is_once(rows):
    twice = [one for one, count in Counter(key(row) for row in rows).items() if count > 1]
    assert twice == []
    known = {
        (model._meta.app_label, model.__name__, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
    }
    assert [key(row) for row in rows if key(row) not in known] == []


def test_every_row_says_what_for_on_which_ground_and_how_long(rows):
    assert list(rows[0]) == COLUMNS
    empty = [key(row) for row in rows if not all(row[column].strip() for column in COLUMNS)]
    assert empty == []
    assert {row["label"] for row in rows} <= LABELS
    assert {row["personal"] for row in rows} <= {"是", "否"}


def test_what_the_models_call_public_is_what_the_inventory_calls_public(rows):
    assert {key(row) for row in rows if row["label"] == "公开"} == public_fields()
    assert faults_of_public_fields() == []


def test_no_personal_field_is_public_and_an_encrypted_one_is_sensitive(rows):
    assert [key(row) for row in rows if row["label"] == "公开" and row["personal"] == "是"] == []
    sealed = {
        (model._meta.app_label, model.__name__, field.name)
        for model in our_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedText)
    }
    wrong = [key(row) for row in rows if key(row) in sealed and row["label"] != "敏感"]
    assert wrong == []


def test_a_declaration_that_would_publish_a_sealed_or_missing_field_stops_the_start(monkeypatch):
    monkeypatch.setattr(Organisation, "public_fields", ("name", "phone"))
    assert faults_of_public_fields() == [
        "Organisation.public_fields names phone, which is no field."
    ]


def test_a_row_for_the_public_holds_what_is_declared_and_nothing_else(cast):
    bees = cast.organisations["bees"]
    assert set(public_row(bees)) == {"name", "kind", "level", "region", "credit_code", "competent"}
    assert public_row(User(name="Ming", email="ming@example.org")) == {}
