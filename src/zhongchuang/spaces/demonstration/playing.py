"""The lives of the spaces, played by those who have the posts: registered, examined, changed, closed."""

from datetime import timedelta

from zhongchuang.records.actions import hand_in
from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.demonstration.figures import life
from zhongchuang.spaces.demonstration.files import contract, photograph, plan
from zhongchuang.spaces.demonstration.people import operator
from zhongchuang.spaces.demonstration.world import data
from zhongchuang.spaces.models import Change
from zhongchuang.spaces.plans import labels_between

A_ROW = 12
MOST_OF_AN_OPERATOR = 4
SHARED_OPERATOR = 40
"""In so many of a hundred cases an operator of the place that has room runs a space more."""


def play(world, number, more=None):
    """One space, from its registration to where it stands today; `more` is one beside those that are drawn."""
    first = data("places")["first"]
    set_ = more or (first[number] if number < len(first) else {})
    region = world.regions[set_["region"]] if set_ else somewhere(world)
    run_by = set_.get("operator") or operator_in(world, region)
    if run_by not in world.operators:
        operator(world, run_by, region)
    world.runs[run_by] = world.runs.get(run_by, 0) + 1
    clerk = world.acting("clerk", run_by)
    lived = life(world, number, region, set_)
    space = prepared(lived, by=clerk)
    examined(world, space, lived, clerk=clerk)
    return space


def somewhere(world):
    """A county, zone or directly governed county, as likely as the data say."""
    dice, places = world.dice, data("places")
    province = dice.weighed({one["code"]: one["spaces"] for one in places["provinces"]})
    inside = {
        one["code"]: one["spaces"]
        for one in [*places["cities"], *places["direct"]]
        if one["code"].startswith(province[:2])
    }
    chosen = dice.weighed(inside)
    parts = next((city["parts"] for city in places["cities"] if city["code"] == chosen), [chosen])
    return world.regions[dice.pick(parts)]


def operator_in(world, region):
    """The number of an operator for one more space there: one of the place that has room, or a new one."""
    there = [
        number
        for number, run in world.runs.items()
        if run < MOST_OF_AN_OPERATOR and world.operators[number].region == region
    ]
    if there and world.dice.chance(SHARED_OPERATOR):
        return world.dice.pick(there)
    return max(world.operators, default=0) + 1


# --- what the operator writes ---------------------------------------------------------------------


def write(space, table, on, values, *, by, evidence=()):
    operation = Operation(table, Change.Verb.ADD, on, values)
    return actions.write(space, operation, by=by, evidence=evidence)


def prepared(lived, *, by):
    """A space with all that its operator enters before submitting it."""
    space = actions.register(
        by=by, kind=lived.kind, opened=lived.opened, **lived.particulars, short_name=""
    )
    grows = lived.state in {"confirmed", "closed"} and lived.change != "none"
    for place, site in enumerate(lived.sites):
        files = [hand_in(plan(space), by=by)] if lived.files and not place else []
        values = site.before if grows else site.after
        row = write(space, "premises", lived.opened, values, by=by, evidence=files)
        for number, lease in enumerate(site.leases):
            files = [hand_in(contract(space), by=by)] if lived.files and not number else []
            write(
                space, "leases", max(lived.opened, lease["begins"]), lease | {"site": row.series},
                by=by, evidence=files,
            )  # fmt: skip
    if lived.drawn:
        drawn(space, lived, by=by)
    staff(space, lived, by=by)
    for place, machine in enumerate(lived.equipment):
        on = lived.opened + (lived.changed - lived.opened) * place // 3
        write(space, "equipment", on, machine | {"holding": "owned"}, by=by)
    if lived.host is not None:
        write(space, "host", lived.opened, lived.host, by=by)
    return space


def drawn(space, lived, *, by):
    """The desks one by one, on the plan of the only site, and photographs."""
    site = space.premises_rows.select_related("space__operator", "space__region").get()
    labels = labels_between("A001", f"A{lived.sites[0].after['desks']:03d}")
    given = {"kind": "fixed", "can_be_let": "yes"}
    actions.add_desks(site, labels, by=by, on=lived.opened, a_row=A_ROW, **given)
    captions = data("words")["photographs"]
    pictures = [(hand_in(photograph(space, place), by=by), caption)
                for place, caption in enumerate(captions)]  # fmt: skip
    actions.show_photographs(space, pictures, by=by, on=lived.opened)


def staff(space, lived, *, by):
    """The people one by one, or their numbers with a version a year."""
    for person in lived.staff:
        write(space, "staff", lived.opened, person, by=by)
    row = None
    for on, values in lived.counts if not lived.staff else []:
        if row is None:
            row = write(space, "staff-count", on, values, by=by)
        else:
            revised = Operation("staff-count", Change.Verb.REVISE, on, values, row.series)
            row = actions.write(space, revised, by=by)


# --- what the department does ---------------------------------------------------------------------


def examined(world, space, lived, *, clerk):
    """On to the state in which the space stands today."""
    if lived.state == "draft":
        return
    space = actions.submit(space, by=clerk)
    department = world.decider(space.region)
    if lived.state == "returned":
        actions.return_(space, by=department, reason=data("words")["returned"])
    if lived.state in {"confirmed", "closed"}:
        actions.confirm(space, by=department)
        moved(space, lived, clerk=clerk, department=department)
        changed(world, space, lived, clerk=clerk, department=department)
    if lived.state == "closed":
        head, on = heading(world, clerk), world.today - timedelta(days=30)
        actions.close(space, by=head, on=max(on, lived.changed), reason=data("words")["closing"])


def heading(world, clerk):
    """The head of the organisation that a clerk works for."""
    return next(
        who
        for mail, who in world.people.items()
        if mail.startswith("head.") and who.organisation == clerk.organisation
    )


def moved(space, lived, *, clerk, department):
    """The space moves to another address, which is a change that the department confirms."""
    if not lived.moves_to:
        return
    row = space.particulars_rows.get(valid_until=None)
    on = lived.opened + (lived.changed - lived.opened) // 2
    values = {"address": lived.moves_to}
    operation = Operation("particulars", Change.Verb.REVISE, on, values, row.series)
    change = actions.write(space, operation, by=clerk, reason=data("words")["move"])
    actions.confirm_change(change, by=department)


def changed(world, space, lived, *, clerk, department):
    """The first site grows: asked for by the operator, decided by the department, or still waiting (SH-3)."""
    if lived.change == "none":
        return
    words, site = data("words"), lived.sites[0]
    row = space.premises_rows.get(valid_until=None, name=site.name)
    operation = Operation("premises", Change.Verb.REVISE, lived.changed, site.after, row.series)
    files = [hand_in(contract(space), by=clerk)] if lived.files else []
    change = actions.write(
        space, operation, by=clerk, reason=world.dice.pick(words["growth"]), evidence=files
    )
    if lived.change == "confirmed":
        actions.confirm_change(change, by=department)
    if lived.change == "refused":
        actions.refuse_change(change, by=department, answer=words["refusal"])
    if lived.change == "withdrawn":
        actions.withdraw_change(change, by=clerk)


# --- clusters -------------------------------------------------------------------------------------


def clusters(world, spaces):
    """Spaces grouped by the departments of their region; one leaves again (XZ-2, JS-3)."""
    for one in data("words")["clusters"]:
        region, by = world.regions[one["region"]], world.acting("clerk", one["region"])
        cluster = actions.found_cluster(
            by=by, region=region, name=one["name"], kind=one["kind"],
            founded=world.today - timedelta(days=700),
        )  # fmt: skip
        inside = [space for space in spaces if space.path.startswith(region.path)]
        for space in [one for one in inside if one.state == "confirmed"][:6]:
            actions.join_cluster(
                cluster, by=by, since=max(space.opened, cluster.founded), space=space
            )
        if one["region"] == "330400":
            provider = world.organisations["provider"]
            member = actions.join_cluster(
                cluster, by=by, since=cluster.founded, organisation=provider
            )
            actions.leave_cluster(member, by=by, on=world.today - timedelta(days=90))
