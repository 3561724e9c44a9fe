"""Residents: those who see a space see who stays there; its operator writes."""

from datetime import date

from tests.matrix.rows import ABOVE, COUNTY, OFFICIALS, Form, Secret, at, row
from tests.matrix.spaces import EDITED, HEAD, LOOK_ON, RUN_IT, code, registered
from zhongchuang.residents import actions, merges

READ = {200: RUN_IT | LOOK_ON}
MERGING = {200: RUN_IT | at(OFFICIALS - {"finance"}, COUNTY, ABOVE)}


def stay(world, owner):
    space = registered(world, owner)
    return actions.take_in(
        space, by=world[HEAD], kind="team", name="goldcrest", day=date(2025, 3, 1), stage="nursery",
        desks=2, founder="Wren", founder_kind="student",
    )  # fmt: skip


def stay_key(world, owner):
    return stay(world, owner).key


def resident_code(world, owner):
    return stay(world, owner).resident.code


def founder_key(world, owner):
    return stay(world, owner).resident.founders.get().pk


def numbered(world, owner):
    """A founder whose telephone is known."""
    resident = stay(world, owner).resident
    return actions.add_founder(
        resident, by=world[HEAD], name="Robin", mobile="13800001111", identity_number=""
    ).pk


def twin(world, owner):
    """Another record of the same name at the same space."""
    space = registered(world, owner)
    return actions.take_in(
        space, by=world[HEAD], kind="maker", name="goldcrest", day=date(2025, 3, 1), stage="", desks=None,
        founder="", founder_kind="",
    ).resident  # fmt: skip


def twin_code(world, owner):
    return twin(world, owner).code


def merged_key(world, owner):
    goes, stays = twin(world, owner), stay(world, owner).resident
    return merges.merge(goes, stays, by=world[HEAD], reason="the same").pk


def wren_key(world, owner):
    """Its leading founder, whoever else founded the same team."""
    return stay(world, owner).resident.founders.get(name="Wren").pk


def founders_merged(world, owner):
    resident = stay(world, owner).resident
    stays = resident.founders.get(name="Wren")
    goes = actions.add_founder(
        resident, by=world[HEAD], name="Wren B.", mobile="", identity_number=""
    )
    return merges.merge_founders(goes, stays, by=world[HEAD], reason="the same").pk


TAKE_IN = {
    "kind": "team", "name": "siskin", "founder": "Lark", "founder_kind": "student", "day": "2025-03-01",
    "stage": "nursery", "desks": "2",
}  # fmt: skip
ROWS = [
    row(
        "residents:take_in", {"code": code(registered)}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends=TAKE_IN, entry="line_written", texts=("name", "founder", "product")),
    ),
    row("residents:resident", {"code": resident_code}, of=("bees",), answers=READ),
    row(
        "residents:change", {"code": resident_code}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"kind": "team", "name": "siskin"}, entry="resident_changed", texts=("name", "product", "field")),
    ),
    row("residents:same", {"code": resident_code}, of=("bees",), answers=MERGING),
    row(
        "residents:merge", {"code": twin_code, "into": resident_code}, of=("bees",), answers=MERGING,
        form=Form(by=HEAD, of="bees", sends={"reason": "the same"}, entry="residents_merged", texts=("reason",)),
    ),
    row(
        "residents:take_apart", {"pk": merged_key}, of=("bees",), answers=MERGING,
        form=Form(by=HEAD, of="bees", sends={"reason": "two"}, entry="residents_taken_apart", texts=("reason",)),
    ),
    row("residents:same_founders", {"code": code(registered)}, of=("bees",), answers=MERGING),
    row(
        "residents:merge_founders", {"pk": numbered, "into": wren_key}, of=("bees",), answers=MERGING,
        form=Form(by=HEAD, of="bees", sends={"reason": "the same"}, entry="founders_merged", texts=("reason",)),
    ),
    row(
        "residents:take_founders_apart", {"pk": founders_merged}, of=("bees",), answers=MERGING,
        form=Form(by=HEAD, of="bees", sends={"reason": "two"}, entry="founders_taken_apart", texts=("reason",)),
    ),
    row(
        "residents:new_founder", {"code": resident_code}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"name": "Lark"}, entry="founder_recorded", texts=("name",)),
    ),
    row(
        "residents:founder", {"pk": founder_key}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"name": "Lark"}, entry="founder_changed", texts=("name",)),
    ),
    row(
        "residents:reveal", {"pk": numbered}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"field": "mobile", "reason": "call"}, entry="revealed", answer=200),
    ),
    row(
        "residents:stage", {"key": stay_key}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"day": "2025-09-01", "stage": "incubator"}, entry="stage_moved"),
    ),
    row(
        "residents:desks", {"key": stay_key}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"day": "2025-09-01", "desks": "3"}, entry="desks_given"),
    ),
    row(
        "residents:leave", {"key": stay_key}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"day": "2025-09-01", "outcome": "left", "reason": "moved"}, entry="stay_ended", texts=("reason", "destination_name")),
    ),
]  # fmt: skip
SECRETS = [Secret("goldcrest", of="bees", seen=RUN_IT | LOOK_ON, make=stay)]
