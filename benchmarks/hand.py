"""What a careful programmer writes by hand for these two sets alone: the practical limit.

Codes as in the engine: 0 not applicable, 1 met, 2 for judgement, 3 unknown, 4 not met.
"""

import numpy as np

NOT_APPLICABLE, MET, FOR_JUDGEMENT, UNKNOWN, NOT_MET = range(5)
BLOCK = 1 << 15


def judge(columns, *, block=BLOCK):
    """{condition: uint8 (n,)} of both sets, keys `filing.area`; computed in blocks that fit the cache."""
    rows = len(columns["desks"].scaled)
    found = {}

    def keep(key):
        found[key] = np.empty(rows, np.uint8)
        return found[key]

    out = {key: keep(key) for key in KEYS}
    for lower in range(0, rows, block):
        _judge_block(columns, slice(lower, min(lower + block, rows)), out)
    return found


KEYS = [
    *(f"filing.{id_}" for id_ in (
        "operator", "rules", "team", "premises", "area", "desks", "lease", "facilities", "money", "fund",
        "projects", "technology", "platform", "online", "offline", "running", "",
    )),
    *(f"recognition.{id_}" for id_ in (
        "legal_person", "registered", "fixed", "lease", "area", "residents", "fields", "running", "offices",
        "public_area", "utilities", "services", "rules", "model", "mentors", "staff", "skills", "mentoring",
        "money", "fund", "partners", "partner", "investments", "free", "",
    )),
]  # fmt: skip


def _bound(failed, null, out):
    """1 met, 4 not met, 3 unknown: 1 + 3 × failed + 2 × null, in passes over bytes that never branch."""
    np.greater(failed, null, out=failed)
    null = null.view(np.uint8)
    np.multiply(failed.view(np.uint8), np.uint8(3), out=out)
    out += np.uint8(1)
    out += null
    out += null
    return out


def _chosen(index, failed, out):
    return _bound(failed, index < 0, out)


def _looked_at(index, out):
    """0 is yes and 1 is no in the vocabulary of judgements, -1 is not yet judged: 1 + 3 × no + open."""
    np.multiply((index > 0).view(np.uint8), np.uint8(3), out=out)
    out += np.uint8(1)
    out += (index < 0).view(np.uint8)
    return out


def _rented(index, then, out):
    """A lease counts only where the premises are rented; where that is open, only a good lease is."""
    np.subtract(np.uint8(NOT_MET), (index < 0).view(np.uint8), out=out)
    out *= (index != 0).view(np.uint8)
    return np.minimum(out, then, out=out)


def _opposite(codes):
    """Met and not met exchanged."""
    decided = (codes == MET) | (codes == NOT_MET)
    return codes ^ (decided.view(np.uint8) * np.uint8(MET ^ NOT_MET))


def _any_of(one, other, out):
    out[...] = _opposite(np.maximum(_opposite(one), _opposite(other)))
    return out


def _all_of(members, out):
    np.maximum(members[0], members[1], out=out)
    for one in members[2:]:
        np.maximum(out, one, out=out)
    return out


def _judge_block(columns, rows, out):
    def number(name):
        return columns[name].scaled[rows], columns[name].null[rows]

    def code(name):
        return columns[name].index[rows]

    def place(key):
        return out[key][rows]

    def at_least(key, name, limit):
        scaled, null = number(name)
        return _bound(scaled < limit, null, place(key))

    def looked_at(key):
        return _looked_at(code(key), place(key))

    operator, tenure = code("operator_kind"), code("tenure")
    lease = np.empty(len(tenure), np.uint8)
    scaled, null = number("lease_years_left")
    _bound(scaled < 3, null, lease)
    filing = [
        _chosen(operator, operator > 3, place("filing.operator")),
        looked_at("filing.rules"),
        looked_at("filing.team"),
        _all_of(
            [at_least("filing.area", "floor_area", 5_000), at_least("filing.desks", "desks", 100)],
            place("filing.premises"),
        ),
        _rented(tenure, lease, place("filing.lease")),
        looked_at("filing.facilities"),
        _all_of(
            [
                at_least("filing.fund", "fund_amount", 3_000_000),
                at_least("filing.projects", "projects_invested.total", 3),
            ],
            place("filing.money"),
        ),
        looked_at("filing.technology"),
        looked_at("filing.platform"),
        _chosen(code("online_platform"), code("online_platform") > 0, place("filing.online")),
        looked_at("filing.offline"),
        at_least("filing.running", "months_operating", 3),
    ]
    _all_of(filing, place("filing."))

    scaled, null = number("lease_years")
    _bound(scaled < 3, null, lease)
    registered = code("registered_in")
    floor, floor_null = number("floor_area")
    public, public_null = number("public_area")
    place("recognition.area")[...] = place("filing.area")
    partners = _all_of(
        [
            at_least("recognition.partner", "investor_partners", 1),
            at_least("recognition.investments", "investment_cases.total", 2),
        ],
        place("recognition.partners"),
    )
    recognition = [
        _chosen(operator, operator > 0, place("recognition.legal_person")),
        _chosen(registered, registered > 2, place("recognition.registered")),
        looked_at("recognition.fixed"),
        _rented(tenure, lease, place("recognition.lease")),
        place("recognition.area"),
        at_least("recognition.residents", "residents", 10),
        looked_at("recognition.fields"),
        at_least("recognition.running", "months_operating", 6),
        looked_at("recognition.offices"),
        _bound(
            public * 10 < floor * 3,
            floor_null | public_null | (floor == 0),
            place("recognition.public_area"),
        ),
        looked_at("recognition.utilities"),
        looked_at("recognition.services"),
        looked_at("recognition.rules"),
        looked_at("recognition.model"),
        at_least("recognition.mentors", "mentors", 3),
        at_least("recognition.staff", "staff", 5),
        looked_at("recognition.skills"),
        looked_at("recognition.mentoring"),
        _any_of(
            at_least("recognition.fund", "fund_amount", 1_000_000),
            partners,
            place("recognition.money"),
        ),
        at_least("recognition.free", "free_months", 6),
    ]
    _all_of(recognition, place("recognition."))
