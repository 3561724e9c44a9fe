"""What a person enters becomes facts by the same rules as a cell of a file."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from zhongchuang.gap import entry
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.quantity import exact
from zhongchuang.policy.table import Table


def entered(**fields):
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return entry.read(query)


def test_money_areas_and_shares_are_read_with_their_units():
    found = entered(
        fund_amount="300\u4e07\u5143",
        floor_area="\uff16\uff12\uff10 \u5e73\u65b9\u7c73",
        public_area_share="24%",
        desks="80",
    )
    assert (found.values, found.errors) == (
        {"fund_amount": 3_000_000, "floor_area": 620, "public_area_share": 24, "desks": 80},
        {},
    )


def test_a_blank_field_is_unknown_and_zero_is_zero():
    assert entered(desks="", staff="0", mentors="  ").values == {"staff": 0}


def test_every_wrong_field_is_named_and_its_text_is_kept():
    found = entered(desks="many", floor_area="-5", registered_in="Atlantis", staff="3")
    assert (set(found.errors), found.texts["desks"], found.values) == (
        {"desks", "floor_area", "registered_in"},
        "many",
        {"staff": 3},
    )


def test_a_typed_share_must_agree_with_its_inputs():
    found = entered(public_area="120", floor_area="600", public_area_share="30%")
    assert set(found.errors) == {"public_area_share"}
    assert entered(public_area="120", floor_area="600", public_area_share="20%").errors == {}


def test_a_list_is_chosen_by_kind_and_level_and_may_be_known_to_be_empty():
    found = entered(
        host_platforms=["", "key_laboratory@municipal", "engineering_laboratory@national"]
    )
    assert found.values == {
        "host_platforms": frozenset({"key_laboratory@municipal", "engineering_laboratory@national"})
    }
    assert entered(host_platforms=["none", "", ""]).values == {"host_platforms": frozenset()}
    assert entered(host_platforms=["", ""]).values == {}


def test_hostile_text_is_refused_not_broken():
    for text in ("1e400", "nan", "inf", "9" * 300, "<script>", "\u202e12", "\x00", "=1+1"):
        found = entered(desks=text)
        assert (set(found.errors), found.values) == ({"desks"}, {}), text


VALUES = {
    "floor_area": st.decimals(0, 10**6, places=2).map(exact),
    "desks": st.integers(0, 10**6),
    "tenure": st.sampled_from(["owned", "rented"]),
    "online_platform": st.booleans(),
    "registered_in": st.sampled_from(["330482", "430100", "110000"]),
    "host_platforms": st.sets(
        st.sampled_from(["key_laboratory@municipal", "engineering_laboratory@national"])
    ).map(frozenset),
}


@given(
    st.fixed_dictionaries({}, optional=VALUES),
    st.dictionaries(
        st.sampled_from(["zhejiang-2016:filing.rules", "zhejiang-2016:filing.team"]), st.booleans()
    ),
)
def test_an_address_carries_facts_and_judgements_exactly_and_no_name(values, judgements):
    table = Table(
        ["Secret name"],
        {name: [value] for name, value in values.items()},
        {name: [held] for name, held in judgements.items()},
        codes=["91330000MA27TEST1X"],
    )
    pairs = entry.pairs(table, 0)
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query[name] = value
    again = entry.read(query)
    assert (again.values, again.judgements, again.errors) == (values, judgements, {})
    assert "Secret" not in str(pairs)
    assert "91330000" not in str(pairs)


def test_the_form_has_a_field_for_every_column_of_the_catalogue():
    fields = [
        one.column.name
        for group in entry.groups(entry.Entered())
        for one in (*group.asked, *group.others)
    ]
    assert sorted(fields) == sorted(space_catalogue().columns)


def test_a_share_over_a_hundred_percent_is_refused_at_its_figures():
    assert sorted(entered(staff="5", staff_college="20").errors) == ["staff", "staff_college"]


def test_a_plain_judgement_that_several_sets_share_settles_none_of_them():
    entered = entry.read(QueryDict("judged.rules=yes&judged.zhejiang-2016:filing.team=yes"))
    assert entered.judgements == {"zhejiang-2016:filing.team": True}
