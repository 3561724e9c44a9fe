"""The language of what people read: texts are English in the code, Chinese from the catalogue."""

import gettext as catalogues
import locale
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from zhongchuang.policy.errors import Refused, _

LANGUAGES = ("zh", "en")
VARIABLE = "ZHONGCHUANG_LANG"
LOCALE = Path(__file__).parent.parent / "locale"
DOMAIN = "django"


class _Reader:
    """Who reads: the language chosen, and the catalogue for it."""

    language = "zh"
    catalogue = catalogues.NullTranslations()


def choose(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Set the language: `--lang`, then ZHONGCHUANG_LANG, then English where the locale is English, else Chinese."""
    given = _option(arguments) or environment.get(VARIABLE, "")
    found = given or ("en" if _locale(environment).lower().startswith("en") else "zh")
    _Reader.language = found if found in LANGUAGES else "zh"
    languages = {"zh": ["zh_Hans"], "en": []}[_Reader.language]
    _Reader.catalogue = catalogues.translation(DOMAIN, LOCALE, languages=languages, fallback=True)
    # typer asks the current domain for its own few words, in the languages that this variable names
    os.environ["LANGUAGE"] = ":".join(languages) or "C"
    catalogues.bindtextdomain(DOMAIN, LOCALE)
    catalogues.textdomain(DOMAIN)
    if found not in LANGUAGES:
        raise Refused(
            _("“%(found)s” is no language of this program. Allowed: %(allowed)s."),
            found=found,
            allowed=", ".join(LANGUAGES),
        )


def _option(arguments: Sequence[str]) -> str:
    """The value of `--lang` or `--lang=…`, wherever it stands; the last one counts."""
    found = ""
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            found = argument.partition("=")[2]
        elif argument == "--lang" and place + 1 < len(arguments):
            found = arguments[place + 1]
    return found


def _locale(environment: Mapping[str, str]) -> str:
    """The locale for messages, by POSIX order; on Windows that of the system."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return environment[name]
    return locale.getlocale()[0] or ""


def gettext(message: str) -> str:
    """The text in the reader's language."""
    return _Reader.catalogue.gettext(message)


def chosen() -> str:
    """`zh` or `en`."""
    return _Reader.language


TYPER = (
    _("Arguments"),
    _("Options"),
    _("Commands"),
    _("required"),
    _("default: {default}"),
    _("env var: {var}"),
)
"""Words of typer that the catalogue translates too."""
