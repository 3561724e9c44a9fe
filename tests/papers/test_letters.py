"""A step that needs a letter waits for it; signed, it has its number and stays as it is (U-12, ZJ-2)."""

from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from zhongchuang.page.refusal import Refused
from zhongchuang.papers import actions
from zhongchuang.papers.access import may_change, may_write
from zhongchuang.papers.consequences import consequences
from zhongchuang.papers.layout import Sheet
from zhongchuang.papers.models import Paper
from zhongchuang.papers.printed import pdf
from zhongchuang.papers.word import docx
from zhongchuang.papers.wording import prefilled
from zhongchuang.policy.pack import digest_of
from zhongchuang.procedures import actions as moves
from zhongchuang.records.actions import Stale
from zhongchuang.records.models import DocumentNumber


@contextmanager
def refuses(code):
    """What stands inside is refused, for this reason."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal.code == code


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_a_step_that_needs_a_letter_leads_on_once_one_is_written(at_county, proposed, lettered):
    case = at_county()
    with refuses("lacking"):
        proposed(case)
    lettered(case)
    assert proposed(case).proposed == "recommend"


def test_without_a_letter_a_case_can_still_be_refused_or_returned(at_county, cast):
    case, clerk = at_county(), cast["ping.clerk"]
    case = moves.move(case, "propose", by=clerk, version=case.version, proposed="refuse", words="不符")  # fmt: skip
    assert moves.move(case, "sign", by=cast["ping.approver"], version=case.version).state == "refused"  # fmt: skip


def test_its_words_stand_there_already(at_county, cast):
    case = at_county()
    words = prefilled(case, "letter")
    assert words["to"] == "Department of Zhe"
    assert words["title"] == "Department of Ping关于推荐慧谷众创空间申请浙江省众创空间备案的函"
    assert words["word"] == "P科函"
    parts = (case.number, "Bees Ltd", "第七条", "经与《", "请予审核")
    assert [one for one in parts if one not in words["text"]] == []


def test_one_click_keeps_the_words_that_stand_there(at_county, signed_in):
    case, browser = at_county(), signed_in("ping.clerk")
    page = browser.get(case.get_absolute_url()).content.decode()
    url = reverse("papers:write", args=[case.key, "letter"])
    assert url in page
    form = browser.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    answer = browser.post(url, sent)
    paper = Paper.objects.get(case=case)
    assert answer.url == paper.get_absolute_url()
    assert browser.post(url, sent).url == answer.url
    assert Paper.objects.filter(case=case).count() == 1
    assert (paper.title, paper.is_draft) == (prefilled(case, "letter")["title"], True)


def test_signed_it_is_numbered_dated_and_closed(issued, cast):
    paper = issued()
    assert (str(paper.number), paper.dated) == (
        f"P科函〔{timezone.localdate().year}〕1号",
        timezone.localdate(),
    )
    assert (paper.signed_by, paper.is_intact) == (cast.people["ping.approver"], True)
    assert paper.number.series.organisation == cast.organisations["ping"]
    with refuses("numbered"):
        actions.rewrite(paper, by=cast["ping.approver"], version=paper.version, text="别的内容")
    Paper.objects.filter(pk=paper.pk).update(text="别的内容")
    assert again(paper).is_intact is False


def test_whatever_an_officer_writes_is_printed(at_county, lettered):
    paper = lettered(at_county(), text="a\x0bb\x1b[2J\ud7ff\ufffe\u202eabc\r\n\n  下一段", title="标\x08题 " + "长" * 150)  # fmt: skip
    sheet = Sheet.of(paper)
    assert [text for _kind, text in sheet.lines] == ["a", "b[2J\ud7ffabc", "下一段"]
    assert (docx(sheet)[:2], pdf(sheet)[:4]) == (b"PK", b"%PDF")


def test_numbers_have_no_gaps_also_after_one_that_was_undone(issued, registered, at_county, cast, lettered, proposed):  # fmt: skip
    first = issued()
    case = at_county(space=registered("第二空间"))
    lettered(case)
    case = proposed(case)
    with pytest.raises(Refused):
        moves.move(case, "sign", by=cast["ping.approver"], version=case.version + 1)
    moves.move(case, "sign", by=cast["ping.approver"], version=case.version)
    third = issued(space=registered("第三空间"))
    assert [one.number for one in DocumentNumber.objects.order_by("number")] == [1, 2, 3]
    assert (first.number.number, third.number.number) == (1, 3)


def test_sent_back_to_the_clerk_the_draft_stays_and_is_changed(at_county, lettered, proposed, cast):
    case = at_county()
    paper = lettered(case)
    case = proposed(case)
    with refuses("other_role"):
        actions.rewrite(paper, by=cast["ping.clerk"], version=1, text="改后")
    paper = actions.rewrite(paper, by=cast["ping.approver"], version=1, text="领导改后")
    case = moves.move(case, "send_back", by=cast["ping.approver"], version=case.version, words="请改")  # fmt: skip
    paper = actions.rewrite(again(paper), by=cast["ping.clerk"], version=2, text="再改后")
    case = proposed(case)
    moves.move(case, "sign", by=cast["ping.approver"], version=case.version)
    assert (again(paper).text, again(paper).is_draft) == ("再改后", False)


def test_after_a_correction_the_draft_is_looked_through_again(at_county, lettered, proposed, cast):
    case = at_county()
    paper, head = lettered(case), cast["bees.operator_head"]
    case = moves.move(case, "return", by=cast["ping.clerk"], version=case.version, pins=[("whole", "请补正")])  # fmt: skip
    case = moves.hand_in(case, by=head, version=case.version, promised=True, at=timezone.now())
    with refuses("lacking"):
        proposed(case)
    actions.rewrite(again(paper), by=cast["ping.clerk"], version=1)
    assert proposed(case).proposed == "recommend"


def test_only_the_department_of_the_step_writes_in_its_turn(at_county, cast):
    case = at_county()
    who = ("ping.clerk", "ping.approver", "jia.clerk", "zhe.clerk", "hai.clerk", "bees.operator_head")  # fmt: skip
    told = {one: may_write(cast[one], case, "letter") for one in who}
    assert {one: refusal and refusal.code for one, refusal in told.items()} == {
        "ping.clerk": None, "ping.approver": "other_role", "jia.clerk": "other_department", "zhe.clerk": "other_department",
        "hai.clerk": "other_department", "bees.operator_head": "other_department",
    }  # fmt: skip


def test_where_no_letter_is_asked_for_none_is_written(handed_in, cast):
    case = handed_in()
    assert may_write(cast["jia.clerk"], case, "letter").code == "not_here"


def test_a_second_letter_at_a_step_is_refused(at_county, lettered):
    case = at_county()
    lettered(case)
    with refuses("there"):
        lettered(case)


def test_of_two_who_change_a_draft_the_later_is_told(at_county, lettered, cast):
    paper, clerk = lettered(at_county()), cast["ping.clerk"]
    actions.rewrite(again(paper), by=clerk, version=1, text="先到的")
    with pytest.raises(Stale):
        actions.rewrite(again(paper), by=clerk, version=1, text="后到的")
    assert again(paper).text == "先到的"


def test_officials_of_the_case_read_a_draft_and_the_operator_reads_what_was_issued(
    at_county, lettered, proposed, cast
):
    case = at_county()
    paper = lettered(case)

    def readers():
        who = ("ping.clerk", "jia.approver", "zhe.clerk", "bees.operator_head", "hai.clerk", "ants.operator_head", "founder")  # fmt: skip
        return [one for one in who if Paper.objects.visible_to(cast[one]).filter(pk=paper.pk)]

    assert readers() == ["ping.clerk", "jia.approver", "zhe.clerk"]
    case = proposed(case)
    moves.move(case, "sign", by=cast["ping.approver"], version=case.version)
    assert readers() == ["ping.clerk", "jia.approver", "zhe.clerk", "bees.operator_head"]


@pytest.mark.parametrize("name", ["paper", "word", "printed"])
def test_outsiders_find_nothing_and_the_operator_finds_it_once_issued(issued, cast, client, name):
    paper = issued()
    found = {}
    for who in ("bees.operator_head", "zhe.clerk", "hai.clerk", "founder"):
        client.force_login(cast.people[who])
        found[who] = client.get(reverse(f"papers:{name}", args=[paper.key])).status_code
    assert found == {"bees.operator_head": 200, "zhe.clerk": 200, "hai.clerk": 404, "founder": 404}


def test_the_page_of_the_case_leads_to_it_with_its_number(issued, signed_in):
    paper = issued()
    page = signed_in("bees.operator_head").get(paper.case.get_absolute_url()).content.decode()
    assert (paper.get_absolute_url() in page, str(paper.number) in page) == (True, True)


def test_the_word_before_the_year_is_the_one_that_the_department_wrote_last(
    issued, at_county, lettered, registered
):
    issued(case=None)
    case = at_county(space=registered("第二空间"))
    assert prefilled(case, "letter")["word"] == "P科函"
    lettered(case, word="平科发")
    third = at_county(space=registered("第三空间"))
    assert prefilled(third, "letter")["word"] == "平科发"


def test_a_draft_of_a_refused_case_stays_a_draft(at_county, lettered, cast):
    case = at_county()
    paper = lettered(case)
    case = moves.move(again(case), "propose", by=cast["ping.clerk"], version=case.version, proposed="refuse", words="不符")  # fmt: skip
    moves.move(case, "sign", by=cast["ping.approver"], version=case.version)
    assert (again(paper).is_draft, DocumentNumber.objects.count()) == (True, 0)
    assert may_change(cast["ping.clerk"], again(paper)).code == "over"


@pytest.fixture
def at_review(cast, registered, handed_in, step, time_machine):
    """A recognition in Hunan, recommended by the city, that waits for its review at the province."""
    time_machine.move_to(datetime(2027, 6, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai")))
    space = registered("湘江众创空间", who="owls.operator_head", region="430104", by="lu.reviewer")
    case = handed_in(space=space, who="owls.operator_head", pack="hunan-2016", procedure="recognition")  # fmt: skip
    return again(step(case, "chang", "recommend"))


def test_copies_go_to_the_other_departments_of_the_course_and_to_the_operator(at_county, lettered):
    case = at_county()
    words = prefilled(case, "letter")
    assert (words["copies"], words["office"]) == (
        "Department of Jia，Bees Ltd",
        "Department of Ping",
    )
    sheet = Sheet.of(lettered(case))
    assert sheet.copies == ("抄送：", "Department of Jia，Bees Ltd。")
    assert (sheet.office, sheet.issued.endswith("日印发")) == ("Department of Ping", True)


def test_the_imprint_is_what_the_officer_wrote_and_is_closed_with_the_document(issued, lettered, at_county, signed_in):  # fmt: skip
    case = at_county()
    paper = lettered(case, copies="", office="局办公室", enclosures="申请表\r\n\r\n场地证明")
    sheet = Sheet.of(paper)
    assert (sheet.copies, sheet.office) == ((), "局办公室")
    assert sheet.enclosures == (("附件：", "1. ", "申请表"), ("", "2. ", "场地证明"))
    page = signed_in("ping.clerk").get(paper.get_absolute_url()).content.decode()
    assert [one for one in ("局办公室", "日印发", "附件：", "场地证明") if one not in page] == []
    assert "抄送" not in page
    assert prefilled(case, "letter")["office"] == "局办公室"


def test_whoever_changes_the_imprint_of_an_issued_document_is_found_out(issued):
    paper = issued()
    assert paper.is_intact is True
    assert (
        f"{paper.dated.year}年{paper.dated.month}月{paper.dated.day}日印发"
        == Sheet.of(paper).issued
    )
    Paper.objects.filter(pk=paper.pk).update(copies="另一个单位")
    assert again(paper).is_intact is False


def test_what_was_issued_before_there_was_an_imprint_stays_as_it_was(issued):
    paper = issued()
    old = {name: paper.content[name] for name in ("case", "step", "kind", "number", "dated", "sender", "to", "title", "text")}  # fmt: skip
    Paper.objects.filter(pk=paper.pk).update(copies="", office="", digest=digest_of(old))
    paper = again(paper)
    assert (paper.is_intact, Sheet.of(paper).office) == (True, "")


def test_a_draft_from_before_gets_its_imprint_when_it_is_issued(at_county, lettered, proposed, cast, signed_in):  # fmt: skip
    case = at_county()
    paper = lettered(case, office="", copies="")
    form = signed_in("ping.clerk").get(reverse("papers:change", args=[paper.key])).context["form"]
    assert form["office"].value() == "Department of Ping"
    case = proposed(case)
    moves.move(case, "sign", by=cast["ping.approver"], version=case.version)
    assert (again(paper).office, again(paper).is_intact) == ("Department of Ping", True)


def test_a_review_opinion_is_kept_once_its_conclusion_is_filled_in(at_review, signed_in):
    case, browser = at_review, signed_in("xiang.clerk")
    url = reverse("papers:write", args=[case.key, "opinion"])
    assert url in browser.get(case.get_absolute_url()).content.decode()
    form = browser.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert "请先填写方括号" in browser.post(url, sent).content.decode()
    assert case.papers.filter(kind="opinion").count() == 0
    text = sent["text"].partition("【")[0] + "建议认定。"
    assert browser.post(url, sent | {"text": text}).status_code == 302
    assert case.papers.get(kind="opinion").text == text


def test_a_review_opinion_is_issued_when_the_review_is_concluded(at_review, cast):
    case, signer = at_review, cast["xiang.approver"]
    fields = prefilled(case, "opinion") | {"text": "建议认定。"}
    paper = actions.write(case, "opinion", by=cast["xiang.clerk"], **fields)
    with transaction.atomic():
        consequences(moves.Done(case, case.at, case.acts.last(), signer))
    assert again(paper).signed_by == signer.user
