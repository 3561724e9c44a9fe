"""Every text that people read is in the catalogue, in both languages."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.utils.translation import template as django_template

SOURCE = Path(__file__).parents[2] / "src" / "zhongchuang"
CATALOGUE = SOURCE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
MARKS = {
    "_",
    "gettext",
    "gettext_noop",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
LITERAL = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TEMPLATE = re.compile(rf"\b(gettext|_)\(\s*u?{LITERAL}|\bn(gettext)\(\s*u?{LITERAL}")
CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# These read and write Chinese notation (units, articles, dates, cells), so they must name it.
NOTATION = ("policy", "tables")


def name_of(function):
    return getattr(function, "id", getattr(function, "attr", ""))


def texts_of_python(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and name_of(node.func) in MARKS:
            first = node.args[1] if name_of(node.func) in WITH_CONTEXT else node.args[0]
            if isinstance(first, ast.Constant):
                yield first.value


def texts_of_template(path):
    code = django_template.templatize(path.read_text(encoding="utf-8"))
    for _, plain, _, plural in IN_TEMPLATE.findall(code):
        yield ast.literal_eval(plain or plural)


def files(kind):
    return sorted(SOURCE.rglob(f"*.{kind}"))


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CATALOGUE))


def test_every_text_has_a_chinese_translation(catalogue):
    used = {text for path in files("py") for text in texts_of_python(path)}
    templates = files("html") + [path for path in files("txt") if "templates" in path.parts]
    used |= {text for path in templates for text in texts_of_template(path)}
    translated = {entry.msgid for entry in catalogue.translated_entries()}
    assert used - translated == set()


def test_a_translation_keeps_the_placeholders_of_its_text(catalogue):
    placeholders = re.compile(r"%\((\w+)\)")
    wrong = [
        entry.msgid
        for entry in catalogue.translated_entries()
        if entry.msgstr
        and set(placeholders.findall(entry.msgid)) != set(placeholders.findall(entry.msgstr))
    ]
    assert wrong == []


def test_no_translation_is_a_guess_or_blames_the_reader(catalogue):
    assert [entry.msgid for entry in catalogue if "fuzzy" in entry.flags] == []
    blame = re.compile("\u64cd\u4f5c\u5931\u8d25|\u672a\u77e5\u9519\u8bef|\u975e\u6cd5|[!\uff01]")
    assert [entry.msgstr for entry in catalogue if blame.search(entry.msgstr)] == []


def test_no_text_is_empty_talk(catalogue):
    """A message says what, why and what next (U-20); these words say none of it."""
    talk = re.compile(
        r"!|\b(?:invalid|illegal|oops|please|unknown error|error occurred|went wrong)\b",
        re.IGNORECASE,
    )
    assert [entry.msgid for entry in catalogue if talk.search(entry.msgid)] == []
    chinese = re.compile(
        "\u65e0\u6548|\u51fa\u9519\u4e86|\u7cfb\u7edf\u9519\u8bef|\u7cfb\u7edf\u7e41\u5fd9|\u8bf7\u8054\u7cfb\u7ba1\u7406\u5458\u3002?$"
    )
    assert [entry.msgstr for entry in catalogue if chinese.search(entry.msgstr)] == []


def test_chinese_stands_only_in_the_catalogue_and_in_data():
    found = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in files("py") + files("html") + files("js") + files("css")
        if "built" not in path.parts and path.relative_to(SOURCE).parts[0] not in NOTATION
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if CHINESE.search(line)
    ]
    assert found == []
