import pytest

from zhongchuang.page.refusal import Refused
from zhongchuang.records.actions import take_number, void_number
from zhongchuang.records.models import DocumentNumber, Series

WORD = "\u6d59\u79d1\u53d1"


@pytest.mark.django_db
def test_a_number_is_written_as_the_standard_says(cast):
    number = take_number(WORD, by=cast["zhe.clerk"], title="Measures", year=2026)
    assert str(number) == f"{WORD}\u30142026\u30151\u53f7"


@pytest.mark.django_db
def test_each_word_year_and_organisation_has_its_series(cast):
    taken = [
        str(take_number(word, by=cast[who], title="x", year=year))
        for who, word, year in [
            ("zhe.clerk", "A", 2026), ("zhe.approver", "A", 2026), ("zhe.clerk", "B", 2026),
            ("zhe.clerk", "A", 2027), ("jia.clerk", "A", 2026),
        ]
    ]  # fmt: skip
    assert [text[-2] for text in taken] == ["1", "2", "1", "1", "1"]


@pytest.mark.django_db
def test_a_void_number_stays_and_is_not_given_out_again(cast):
    first = take_number("A", by=cast["zhe.clerk"], title="x")
    with pytest.raises(Refused):
        void_number(first, by=cast["jia.clerk"], reason="other organisation")
    void_number(first, by=cast["zhe.clerk"], reason="printed twice")
    assert take_number("A", by=cast["zhe.clerk"], title="y").number == 2
    first.refresh_from_db()
    assert (first.reason, first.void is None) == ("printed twice", False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "who", ["bees.operator_head", "founder", "zhe.system_admin", "zhe.finance"]
)
def test_who_issues_no_documents_takes_no_number(cast, who):
    with pytest.raises(Refused) as refused:
        take_number("A", by=cast[who], title="x")
    assert refused.value.refusal.code == "no_documents"


@pytest.mark.django_db
def test_the_register_is_seen_by_its_own_organisation(cast):
    take_number("A", by=cast["jia.clerk"], title="x")
    seen = {who for who in cast.people if DocumentNumber.objects.visible_to(cast[who]).exists()}
    assert seen == {f"jia.{role}" for role in ("clerk", "reviewer", "approver", "finance")}


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_leave_no_gap_though_some_are_undone(cast, at_once):
    actors = [cast["zhe.clerk"], cast["zhe.approver"]]

    def take(thread):
        taken = []
        for attempt in range(5):
            title = "" if (thread + attempt) % 5 else None
            try:
                taken.append(take_number("A", by=actors[thread % 2], title=title, year=2026).number)
            except Exception as fault:  # noqa: BLE001 -- the missing title undoes it
                assert "title" in str(fault)  # noqa: PT017 -- in a thread
        return taken

    taken = sorted(number for numbers in at_once(20, take) for number in numbers)
    assert taken == list(range(1, 81))
    assert Series.objects.get().last == 80
