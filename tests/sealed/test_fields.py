"""A personal number lies encrypted, is shown masked, and is opened on purpose."""

import copy
import pickle
import string

import pytest
from django import forms
from django.core.exceptions import FieldError

from zhongchuang.page.refusal import Refused
from zhongchuang.sealed.fields import matching
from zhongchuang.sealed.values import open_

NUMBER, OTHER, PHONE = "33048219900307123X", "330482199003071248", "13812341234"
ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"


@pytest.fixture(params=["intl", "gm"])
def suite(request, settings):
    settings.CRYPTO_SUITE = request.param
    return request.param


@pytest.fixture
def ming(suite, person):
    person.objects.create(name="Ming", identity=NUMBER, phone=PHONE)
    return person.objects.get()


def test_the_database_holds_no_number_and_a_reader_sees_a_mask(ming, raw, suite):
    assert (str(ming.identity), str(ming.phone)) == ("3***************3X", "138****1234")
    assert (
        f"{ming.identity}|{ming.phone!r}"
        == "3***************3X|<Sealed sealed_people_person.phone>"
    )
    for column in ("identity", "identity_index", "phone"):
        stored = raw(ming, column)
        assert stored.startswith(f"{suite}.1.")
        assert NUMBER not in stored
        assert PHONE not in stored
    assert (ming.identity.plain(), ming.phone.plain()) == (NUMBER, PHONE)


def test_a_text_that_was_just_set_is_masked_as_well(person):
    ming = person(name="Ming", identity=NUMBER)
    assert (str(ming.identity), ming.phone) == ("3***************3X", None)
    assert str(copy.deepcopy(ming.identity)) == str(pickle.loads(pickle.dumps(ming.identity)))  # noqa: S301
    assert NUMBER.encode() not in pickle.dumps(ming)


def test_the_same_text_is_never_encrypted_the_same_way_and_is_found_by_its_index(
    person, raw, suite
):
    one, two = (person.objects.create(name="Ming", identity=NUMBER) for _ in range(2))
    person.objects.create(name="Hua", identity=OTHER)
    assert raw(one, "identity") != raw(two, "identity")
    assert set(person.objects.filter(matching(person, "identity", f" {NUMBER.lower()} "))) == {
        one,
        two,
    }
    assert person.objects.filter(matching(person, "identity", "330482199003071256")).count() == 0


def test_it_is_found_by_its_index_after_a_change_of_suite_and_key(ming, person, settings):
    settings.CRYPTO_SUITE = {"intl": "gm", "gm": "intl"}[settings.CRYPTO_SUITE]
    settings.FIELD_KEYS += ",7:" + "c" * 40
    again = person.objects.get(matching(person, "identity", NUMBER))
    assert again.identity.plain() == NUMBER


@pytest.mark.parametrize("way", ["exact", "contains", "in", "gt"])
def test_nobody_can_ask_for_the_text_itself(person, way):
    with pytest.raises(FieldError, match=r"matching\(\)"):
        person.objects.filter(**{f"identity__{way}": NUMBER})


def test_empty_stays_empty_and_unknown_stays_unknown(person, raw):
    row = person.objects.create(name="Ming", identity="")
    assert (raw(row, "identity"), raw(row, "identity_index"), raw(row, "phone")) == ("", "", None)
    row.refresh_from_db()
    assert (row.identity, row.phone) == ("", None)


def test_each_changed_sign_is_a_refusal_and_never_another_text(ming, raw):
    token = raw(ming, "phone")
    context = "sealed_people_person.phone"
    assert open_(token, context) == PHONE
    for place, sign in enumerate(token):
        # A neighbour in the alphabet of the encoding differs in the lowest bit, which may be one that no byte uses.
        other = ALPHABET[ALPHABET.index(sign) ^ 1] if sign in ALPHABET else "!"
        with pytest.raises(Refused) as refused:
            open_(token[:place] + other + token[place + 1 :], context)
        assert refused.value.refusal.code == "unreadable"


def test_a_value_moved_to_another_column_is_a_refusal_and_a_list_still_opens(ming, raw, person):
    raw(ming, "phone", raw(ming, "identity"))
    moved = person.objects.get()
    with pytest.raises(Refused) as refused:
        moved.phone.plain()
    assert refused.value.refusal.code == "unreadable"
    assert "*" not in str(moved.phone)
    assert NUMBER not in str(moved.phone)


def test_a_row_with_a_damaged_value_can_be_saved_and_keeps_its_index(ming, raw, person):
    index = raw(ming, "identity_index")
    raw(ming, "identity", "intl.1.AAAA")
    row = person.objects.get()
    row.name = "Hua"
    row.save()
    assert (raw(row, "name"), raw(row, "identity"), raw(row, "identity_index")) == (
        "Hua", "intl.1.AAAA", index,
    )  # fmt: skip


def test_a_form_shows_the_mask_and_keeps_the_number_when_it_comes_back(ming, person):
    class Form(forms.ModelForm):
        class Meta:
            model = person
            fields = ["name", "identity", "phone"]

    assert NUMBER not in str(Form(instance=ming))
    sent = {"name": "Ming", "identity": str(ming.identity), "phone": "13911112222"}
    form = Form(sent, instance=ming)
    assert (form.is_valid(), form.changed_data) == (True, ["phone"])
    form.save()
    kept = person.objects.get()
    assert (kept.identity.plain(), kept.phone.plain()) == (NUMBER, "13911112222")


def test_an_export_of_the_database_holds_tokens_and_gives_the_same_numbers_back(ming, person):
    field = person._meta.get_field("identity")
    written = field.value_to_string(ming)
    assert NUMBER not in written
    assert person(identity=field.to_python(written)).identity.plain() == NUMBER


def test_many_are_written_and_changed_at_once(person):
    person.objects.bulk_create(person(name=f"{n}", identity=NUMBER) for n in range(3))
    person.objects.update(phone=PHONE)
    assert {row.phone.plain() for row in person.objects.all()} == {PHONE}
    assert person.objects.filter(matching(person, "identity", NUMBER)).count() == 3
