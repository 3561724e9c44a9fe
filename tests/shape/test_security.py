"""What holds for the whole source: no unescaped text, one writer of tables, no ways around, no passwords (S-09, S-13, S-20)."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "zhongchuang"
SECURITY = ROOT / "docs" / "security" / "README.md"
REVIEWED = {"page/templatetags/page.py"}
"""Files that put markup together by format_html, which escapes what it is given."""

GOALS = [
    "S-01", "S-02", "S-03", "S-04", "S-05", "S-06", "S-07", "S-08", "S-09", "S-10", "S-11", "S-12", "S-13", "S-15", "S-19",
    "S-20", "S-21", "S-22", "M-03", "U-20", "B-03",
]  # fmt: skip


def found(pattern, *kinds, but=()):
    look = re.compile(pattern)
    return [
        f"{path.relative_to(SOURCE)}:{number}: {line.strip()[:80]}"
        for kind in kinds
        for path in sorted(SOURCE.rglob(f"*.{kind}"))
        if not str(path.relative_to(SOURCE).as_posix()).startswith(tuple(but))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if look.search(line)
    ]


def test_no_text_goes_into_a_page_unescaped():
    assert found(r"mark_safe|SafeString|html_safe|SafeData", "py") == []
    assert found(r"\|\s*safe(?:seq)?\b|autoescape off", "html", "txt", but=TEXTS) == []
    assert found(r"format_html", "py", but=REVIEWED) == [], (
        "Look at it well, then add it to REVIEWED."
    )


TEXTS = (
    *(
        f"organisations/templates/{name}/"
        for name in ("organisations/letters", "account", "mfa", "socialaccount")
    ),
    "admission/templates/admission/letters/",
    "objections/templates/objections/letters/",
    "services/templates/services/letters/",
)
"""Letters are plain text: nothing in them is markup."""


def test_pages_hold_no_script_and_no_style_of_their_own():
    inline = r"<script(?![^>]*\bsrc=)|<style|\son[a-z]+=|\sstyle=|javascript:|hx-on"
    assert found(inline, "html") == []


def test_tables_are_written_by_one_writer_alone():
    assert (
        found(r"csv\.writer|DictWriter|import xlsxwriter|openpyxl", "py", but=("tables/", "files/"))
        == []
    )


def test_no_view_does_without_the_token_of_a_form():
    # The API asks for the token itself wherever a cookie signs in; its tests hold that (tests/api).
    assert found(r"csrf_exempt", "py", but=("api/answers.py",)) == [], (
        "Say in the row of the matrix why: Form(why_open=…)."
    )


def test_no_account_comes_with_a_password():
    assert (
        found(
            r"(?i)(?:password|passwd|secret)\s*=\s*[\"'][^\"']+[\"']",
            "py",
            but=("settings/variables.py",),
        )
        == []
    )
    assert found(r"create_superuser|set_password\(\s*[\"']", "py") == []


def site(tmp_path, *arguments, **variables):
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "zhongchuang.settings", "ZHONGCHUANG_DATA": str(tmp_path), "DATABASE_URL": "", "DJANGO_ALLOW_ASYNC_UNSAFE": "",
    } | variables  # fmt: skip
    command = [sys.executable, "-m", "django", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


def test_a_site_in_operation_passes_the_checks_of_deployment(tmp_path):
    done = site(
        tmp_path, "check", "--deploy", "--fail-level", "WARNING", ZHONGCHUANG_HTTPS="yes",
        ZHONGCHUANG_HOSTS="example.gov.cn", ZHONGCHUANG_SITE_CODE="3300000001",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({"ZHONGCHUANG_DEBUG": "yes", "ZHONGCHUANG_HTTPS": "yes"}, "ZHONGCHUANG_DEBUG"),
        ({"ZHONGCHUANG_SECRET_KEY": "short"}, "ZHONGCHUANG_SECRET_KEY"),
        ({"ZHONGCHUANG_AUDIT_DAYS": "180"}, "ZHONGCHUANG_AUDIT_DAYS"),
    ],
)
def test_a_site_that_is_not_safe_does_not_start(tmp_path, variables, name):
    done = site(tmp_path, "check", **variables)
    assert done.returncode != 0
    assert name in done.stderr


def test_every_goal_has_its_test():
    rows = re.findall(
        r"^\| ([^|]+) \|[^|]+\|([^|]+)\|", SECURITY.read_text(encoding="utf-8"), re.MULTILINE
    )
    named = {goal: tests for goals, tests in rows for goal in re.findall(r"[A-Z]-\d\d", goals)}
    assert [goal for goal in GOALS if goal not in named] == []
    paths = {path for tests in named.values() for path in re.findall(r"`([^`]+)`", tests)}
    assert [path for path in sorted(paths) if not (ROOT / "tests" / path).exists()] == []
