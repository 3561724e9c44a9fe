"""A citation is written and read in the form of the documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongchuang.policy.citation import Citation
from zhongchuang.policy.errors import Refused

parts = st.integers(0, 99)
documents = st.sampled_from(["", "《试行办法》", "国科火字〔2017〕120号", "徐政发〔2016〕12号"])
tails = {"item": parts, "number": parts, "sub": parts, "document": documents}
citations = st.one_of(
    st.builds(Citation, article=st.integers(1, 999), paragraph=parts, **tails),
    st.builds(Citation, chapter=st.integers(1, 99), **tails),
    documents.filter(bool).map(lambda name: Citation(document=name)),
)


@given(citations)
def test_a_citation_reads_back_as_it_was_written(citation):
    assert Citation.parse(str(citation)) == citation


@pytest.mark.parametrize(
    ("text", "citation", "english"),
    [
        ("第六条(三)", Citation(article=6, item=3), "Art. 6(3)"),
        ("第十二条第二款", Citation(article=12, paragraph=2), "Art. 12 para. 2"),
        ("第五条(二)1(1)", Citation(article=5, item=2, number=1, sub=1), "Art. 5(2) 1(1)"),
        ("四(二)1", Citation(chapter=4, item=2, number=1), "Part 4(2) 1"),
        ("五(一)", Citation(chapter=5, item=1), "Part 5(1)"),
        ("第一百〇三条", Citation(article=103), "Art. 103"),
        ("第一百一十条", Citation(article=110), "Art. 110"),
        ("第二十条", Citation(article=20), "Art. 20"),
        ("《评审表》", Citation(document="《评审表》"), "《评审表》"),
    ],
)
def test_the_forms_of_the_documents_are_read(text, citation, english):
    assert Citation.parse(text) == citation
    assert str(citation) == text
    assert citation.english() == english


@pytest.mark.parametrize("text", ["第六条（三）", " 第六条 (三) ", "第六条(三)"])
def test_brackets_of_either_width_and_blanks_are_the_same_place(text):
    assert str(Citation.parse(text)) == "第六条(三)"


@pytest.mark.parametrize(
    "text", ["", "Art. 6", "第6条", "第六条三", "六条(三)", "第条", "第六条(三)(四)", "(三)"]
)
def test_what_is_no_citation_is_refused(text):
    with pytest.raises(Refused) as refused:
        Citation.parse(text)
    assert str(refused.value) == (
        f"“{text}” is no citation. Allowed: 第六条(三), 第十二条第二款, 四(二)1, 第五条(二)1(1)."
    )


@given(st.text(alphabet="第条款项〇一二三十百()（）0123456789《》〔〕号 ", max_size=14))
def test_any_text_is_a_citation_or_refused(text):
    try:
        citation = Citation.parse(text)
    except Refused:
        return
    assert Citation.parse(str(citation)) == citation
