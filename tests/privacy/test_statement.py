"""The privacy statement is one text: the page, the document, the version that people agree to."""

import html
import re
from pathlib import Path

import pytest

from zhongchuang.organisations.forms import NOTICE_VERSION

DOCUMENT = Path(__file__).parents[2] / "docs" / "privacy" / "notice.zh-CN.md"


def as_markdown(page):
    article = re.search(r'<div class="panel article">(.*?)</div>', page, re.DOTALL)[1]
    text = re.sub(r"<h2>(.*?)</h2>", r"\n## \1\n", article)
    text = re.sub(r"<li>(.*?)</li>", r"- \1", text)
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    lines = re.sub(r"\n{2,}", "\n\n", text).strip()
    lines = re.sub(r"\n\n(?=- )", "\n", lines)
    return f"# 隐私声明\n\n版本 {NOTICE_VERSION}\n\n{lines}\n"


@pytest.mark.django_db
def test_the_document_is_the_page_under_its_version(client):
    """Who changes a sentence sees this fail, and asks whether people must agree anew."""
    page = client.get("/privacy/").content.decode()
    assert f"版本 {NOTICE_VERSION}" in page
    assert DOCUMENT.read_text(encoding="utf-8") == as_markdown(page)
