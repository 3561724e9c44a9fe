"""The mobile telephone and the identity number of a member of staff: sealed, masked, opened on purpose."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from tests.registered import OPENED
from zhongchuang.api.rows import row_told
from zhongchuang.audit.models import Entry
from zhongchuang.imports.declaration import kind_of
from zhongchuang.page.refusal import Refused
from zhongchuang.records.models import Draft
from zhongchuang.sealed.fields import matching
from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.imported import Batch, Step
from zhongchuang.spaces.actions.versions import Operation, propose
from zhongchuang.spaces.differences import differences_of
from zhongchuang.spaces.exports import record_file
from zhongchuang.spaces.models import Change, StaffMember
from zhongchuang.spaces.sections import history_of

pytestmark = pytest.mark.django_db
HEAD = "bees.operator_head"
NUMBER, MASK = "33048219900307110X", "3***************0X"
MOBILE, MASKED = "13812341234", "138****1234"
OTHER = "330482199003071258"
TYPED = {"on": "2020-03-01", "name": "王芳", "duty": "management", "education": "", "fulltime": "", "professional": ""}  # fmt: skip
CHANGED = date(2024, 5, 1)


@pytest.fixture
def staffed(prepared, add):
    """`staffed()` is a space with one member of staff whose numbers are stated."""

    def one(space=None, **more):
        space = space or prepared()
        return add(
            space, "staff", name="王芳", **{"mobile": MOBILE, "identity_number": NUMBER} | more
        )

    return one


def numbers(row):
    return row.identity_number.plain(), row.mobile.plain()


def everything_stored():
    """The text of every cell of every table, as the database holds it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- names of our own tables
            found += [str(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(found)


def form_page(space, series=None):
    if series:
        return reverse("spaces:revise_row", args=[space.code, "staff", series])
    return reverse("spaces:add_row", args=[space.code, "staff"])


def key_in(page):
    return str(page.context["form"]["request_key"].value())


def sent(client, address, **values):
    """The fields at which the form that was sent has errors; none where it was taken."""
    key = key_in(client.get(address))
    answer = client.post(address, TYPED | {"request_key": key} | values)
    return {} if answer.status_code == 302 else dict(answer.context["form"].errors)


# --- entering -------------------------------------------------------------------------------------


def test_a_person_is_listed_with_neither_number_as_well_as_with_both(prepared, signed_in):
    space, client = prepared(), signed_in(HEAD)
    assert sent(client, form_page(space)) == {}
    both = {"name": "李强", "mobile": "138 1234-1234", "identity_number": NUMBER.lower()}
    assert sent(client, form_page(space), **both) == {}
    bare, whole = StaffMember.objects.order_by("pk")
    assert (bare.mobile, bare.identity_number, bare.identity_index) == ("", "", "")
    assert numbers(whole) == (NUMBER, MOBILE)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"identity_number": NUMBER[:-1] + "1"}, "identity_number"),  # the check digit of another
        ({"identity_number": "33048219901307110X"}, "identity_number"),  # a thirteenth month
        ({"identity_number": NUMBER[:-1]}, "identity_number"),
        ({"identity_number": "intl.1.AAAA"}, "identity_number"),  # looks like a sealed one
        ({"mobile": "05731234567"}, "mobile"),
        ({"mobile": "1381234123"}, "mobile"),
    ],
)
def test_a_number_that_cannot_be_one_is_told_at_its_field(prepared, signed_in, wrong, field):
    space, client = prepared(), signed_in(HEAD)
    assert list(sent(client, form_page(space), **wrong)) == [field]
    assert not StaffMember.objects.exists()
    right = {"mobile": "+85261234567", "identity_number": NUMBER}
    assert sent(client, form_page(space), **right) == {}


def test_the_same_person_is_listed_once_in_a_space(cast, prepared, staffed, add):
    space = prepared()
    first = staffed(space)
    with pytest.raises(Refused) as refused:
        add(space, "staff", name="王方", identity_number=NUMBER.lower())
    assert (refused.value.refusal.code, refused.value.refusal.params) == ("listed_already", {"name": "王芳"})  # fmt: skip
    add(prepared("另一空间"), "staff", name="王芳", identity_number=NUMBER)
    again = Operation("staff", "revise", CHANGED, {"identity_number": NUMBER}, first.series)
    actions.write(space, again, by=cast[HEAD])
    end = Operation("staff", "end", date(2025, 1, 1), {}, first.series)
    actions.write(space, end, by=cast[HEAD])
    add(space, "staff", since=date(2025, 1, 1), name="王芳", identity_number=NUMBER)
    assert StaffMember.objects.filter(matching(StaffMember, "identity_number", NUMBER)).count() == 4


# --- versions -------------------------------------------------------------------------------------


def test_a_change_of_another_field_carries_the_numbers_over(staffed, signed_in):
    first = staffed()
    client, address = signed_in(HEAD), form_page(first.space, first.series)
    page = client.get(address)
    assert (page.context["form"]["mobile"].value(), MASKED in page.content.decode()) == (
        MASKED,
        True,
    )
    given = {"on": "2024-05-01", "education": "master", "mobile": MASKED, "identity_number": MASK, "version": 1}  # fmt: skip
    assert sent(client, address, **given) == {}
    old, new = StaffMember.objects.of(first.series)
    assert (old.education, new.education, new.valid_from) == ("", "master", CHANGED)
    assert [numbers(row) for row in (old, new)] == [(NUMBER, MOBILE)] * 2
    assert new.identity_index == old.identity_index != ""
    (version,) = [one for one in history_of(first.space) if one.row == new]
    assert [(old, now) for _label, old, now in version.differences] == [("", "硕士")]


def test_a_blank_takes_a_number_away_and_the_history_shows_masks_alone(staffed, signed_in):
    first = staffed()
    client = signed_in(HEAD)
    given = {"on": "2024-05-01", "mobile": "13812351234", "identity_number": "", "version": 1}
    assert sent(client, form_page(first.space, first.series), **given) == {}
    new = StaffMember.objects.get(valid_until=None)
    assert (new.mobile.plain(), new.identity_number, new.identity_index) == ("13812351234", "", "")
    (version,) = [one for one in history_of(first.space) if one.row == new]
    told = [(old, now) for _label, old, now in version.differences]
    assert told == [(MASKED, MASKED), (MASK, "")]  # another number, though the mask is the same


def test_a_correction_and_one_of_an_import_keep_the_index_beside_the_number(cast, staffed):
    first = staffed()
    values = {"education": "master"}
    batch = Batch(cast.people[HEAD])
    batch.take(
        Step(first.space, Operation("staff", "correct", OPENED, values, first.series), first)
    )
    batch.save()
    assert json.dumps(batch.journal)
    row = StaffMember.objects.get()
    assert (row.education, numbers(row)) == ("master", (NUMBER, MOBILE))
    batch = Batch(cast.people[HEAD])
    batch.take(Step(first.space, Operation("staff", "revise", CHANGED, values, first.series), row))
    batch.save()
    right = Operation("staff", "correct", CHANGED, {"identity_number": OTHER}, first.series)
    actions.write(first.space, right, by=cast[HEAD])
    found = StaffMember.objects.filter(matching(StaffMember, "identity_number", OTHER)).get()
    assert (found.valid_until, numbers(found)) == (None, (OTHER, MOBILE))


# --- where the plain numbers do not stand ---------------------------------------------------------


def test_a_change_that_waits_keeps_sealed_texts_and_writes_them_when_confirmed(
    cast, registered, staffed
):
    space = registered()
    first = staffed(space)
    asked = Operation("staff", "revise", CHANGED, {"identity_number": OTHER}, first.series)
    change = propose(space, asked, first, by=cast[HEAD], reason="typing error", evidence=())
    several = Operation("staff", "add", CHANGED, {}, rows=({"name": "李强", "mobile": MOBILE},))
    more = propose(space, several, None, by=cast[HEAD], reason="two", evidence=())
    change, more = (Change.objects.get(pk=one.pk) for one in (change, more))
    kept = [change.values["identity_number"], change.old["mobile"], more.rows[0]["mobile"]]
    assert [one.split(".")[:2] for one in kept] == [["intl", "1"]] * 3
    told = [(one.old, one.new) for one in differences_of(change)]
    assert told == [(MASK, "3***************58")]
    actions.confirm_change(change, by=cast["ping.reviewer"])
    actions.confirm_change(more, by=cast["ping.reviewer"])
    new = StaffMember.objects.filter(matching(StaffMember, "identity_number", OTHER)).get()
    assert (numbers(new), new.valid_from) == ((OTHER, MOBILE), CHANGED)
    assert StaffMember.objects.get(name="李强").mobile.plain() == MOBILE
    stored = everything_stored()
    assert "typing error" in stored
    assert [one for one in (NUMBER, OTHER, MOBILE) if one in stored] == []


def test_the_database_holds_neither_number_in_plain_after_all_that_a_form_does(
    cast, prepared, signed_in
):
    space, client = prepared(), signed_in(HEAD)
    address = form_page(space)
    page = client.get(address)
    typed = TYPED | {"mobile": MOBILE, "identity_number": NUMBER, "request_key": key_in(page)}
    typed |= {
        "draft": page.context["draft"].place.signed,
        "draft_version": "0",
        "draft_window": "w",
    }
    answer = client.post(reverse("records:drafts"), typed, headers={"X-Draft": "1"})
    assert answer.status_code == 200
    assert Draft.objects.get().fields["name"] == ["王芳"]
    assert Draft.objects.get().fields.keys().isdisjoint({"mobile", "identity_number"})
    assert client.get(address).context["form"]["mobile"].value() in (None, "")
    in_draft = everything_stored()
    assert client.post(address, typed).status_code == 302
    row = StaffMember.objects.get()
    right = Operation("staff", "correct", OPENED, {"education": "master", "mobile": MOBILE, "identity_number": NUMBER}, row.series)  # fmt: skip
    actions.write(space, right, by=cast[HEAD])
    stored = in_draft + everything_stored()
    assert "staff_correct" in stored
    assert [one for one in (NUMBER, MOBILE) if one in stored] == []
    assert numbers(StaffMember.objects.get()) == (NUMBER, MOBILE)


@pytest.mark.parametrize("who", [HEAD, "ping.reviewer", "jia.clerk"])
def test_pages_and_answers_of_programs_show_masks(registered, staffed, signed_in, who):
    space = registered()
    row = staffed(space)
    client = signed_in(who)
    for address in (space.get_absolute_url(), reverse("spaces:history", args=[space.code])):
        text = client.get(address).content.decode()
        assert [one for one in (NUMBER, MOBILE) if one in text] == []
    assert MASKED in client.get(space.get_absolute_url()).content.decode()
    told = row_told(row).values
    assert (told["mobile"], told["identity_number"]) == (MASKED, MASK)


def test_exports_and_imports_know_neither_number(staffed):
    space = staffed().space
    known = {one.name for one in kind_of("staff").columns}
    assert known >= {"name", "education"}
    assert known.isdisjoint({"mobile", "identity_number", "identity_index"})
    with zipfile.ZipFile(io.BytesIO(record_file(space))) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith("xml"))
    assert "王芳" in text
    assert [one for one in (NUMBER, MOBILE, MASK, MASKED, "intl.") if one in text] == []


# --- opening --------------------------------------------------------------------------------------


def opening(row):
    return reverse("spaces:reveal_number", args=[row.space.code, row.series])


@pytest.mark.parametrize("who", [HEAD, "bees.operator_clerk", "ping.reviewer", "ping.approver"])
def test_who_runs_or_examines_the_space_opens_a_number_for_a_reason(
    registered, staffed, signed_in, who
):
    row = staffed(registered())
    client = signed_in(who)
    assert opening(row) in client.get(row.space.get_absolute_url()).content.decode()
    page = client.get(opening(row))
    assert [value for value, _label in page.context["form"].fields["field"].choices] == ["mobile", "identity_number"]  # fmt: skip
    page = client.post(opening(row), {"field": "identity_number", "reason": " "})
    assert (list(page.context["form"].errors), NUMBER in page.content.decode()) == (
        ["reason"],
        False,
    )
    assert not Entry.objects.filter(verb="revealed").exists()
    page = client.post(opening(row), {"field": "identity_number", "reason": "compares the card"})
    assert NUMBER in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"
    entry = Entry.objects.get(verb="revealed")
    assert (entry.name, entry.subject_label) == (who, "王芳")
    assert entry.values["given"] == {"field": "identity_number", "reason": "compares the card"}
    assert NUMBER not in everything_stored()


@pytest.mark.parametrize(
    ("who", "status"),
    [("ping.clerk", 403), ("jia.reviewer", 403), ("owls.operator_head", 404), ("founder", 404)],
)
def test_others_open_nothing(registered, staffed, signed_in, who, status):
    row = staffed(registered())
    client = signed_in(who)
    assert client.get(opening(row)).status_code == status
    assert client.post(opening(row), {"field": "mobile", "reason": "curious"}).status_code == status
    assert not Entry.objects.filter(verb="revealed").exists()
    if status == 403:
        assert opening(row) not in client.get(row.space.get_absolute_url()).content.decode()
