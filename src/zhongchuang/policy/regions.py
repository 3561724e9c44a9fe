"""Regions of the country: their six-digit codes, and the names that people write for them."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from .errors import Refused, _

LONGEST = 60
"""Characters of a name that are read; more are no name of a region."""

_BETWEEN = re.compile(r"[\s/\\|,、>·-]+|市辖区")
_AUTONOMOUS = re.compile(r"自治([区州县旗])$")
_ENDING = re.compile(
    r"(?:特别行政区|自治[区州县旗]|地区|林区|矿区|新区|特区|群岛|海域|[省市区县旗盟])$"
)
_PEOPLES = re.compile(
    r"(?:壮|回|藏|苗|彝|侗|瑶|白|傣|黎|畲|羌|土|水|怒|满|佤|各|东乡|土家|布依|朝鲜|哈尼|傈僳|拉祜|纳西|景颇|仫佬|仡佬|毛南|布朗|撒拉"
    r"|阿昌|普米|裕固|保安|独龙|达斡尔|鄂温克|蒙古|哈萨克)族|维吾尔|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯"
)
_GROUPINGS = ("县", "省直辖县级行政区划", "自治区直辖县级行政区划")
"""Rows of the list that hold counties together and that nobody writes."""

_FEWEST = 2
"""Signs that a name without its ending must have: 城区 is not written 城."""


def region_code(text: str) -> str:
    """The six-digit code of a region written as code, name or path of names.

    Understands 430000, 43, 湖南省, 湖南, 长沙市, 湖南省长沙市岳麓区 and 岳麓区. A name that several regions bear means
    the one that holds the others, or the province; otherwise it is refused with all of them.
    """
    return _code(unicodedata.normalize("NFKC", text).strip())


def region_name(code: str) -> str:
    """The name of the region with this code of 2, 4 or 6 digits."""
    return _regions()[_listed(code)]


def is_within(code: str, prefix: str) -> bool:
    """Whether the region `code` is the region `prefix` or lies in it; 411002 is within 4110 and 41."""
    return code.startswith(_stem(prefix))


@lru_cache(maxsize=8192)
def _code(text: str) -> str:
    """As `region_code`, of normalised text."""
    if text.isascii() and text.isdigit():
        return _listed(text)
    name = _BETWEEN.sub("", text)
    found = _resolve(name, "") if 0 < len(name) <= LONGEST else set()
    if not found:
        raise _unknown(text, _nearest(name[:LONGEST]))
    code = _widest(found)
    if code is None:
        raise Refused(
            _(
                "“%(found)s” may be any of: %(candidates)s. Write the code, or the name with the region above it."
            ),
            found=text,
            candidates=_named(found),
        )
    return code


def _resolve(name: str, above: str) -> set[str]:
    """Every region inside `above` that a name or a path of names can mean."""
    whole = _inside(_spellings().get(name, ()), above)
    if whole:
        return whole
    found: set[str] = set()
    for end in range(len(name) - 1, 1, -1):
        for code in _inside(_spellings().get(name[:end], ()), above):
            found |= _resolve(name[end:], code)
    return found


def _inside(codes: Iterable[str], above: str) -> set[str]:
    """Those of `codes` that lie below the region `above`; all where it is empty."""
    return {code for code in codes if code != above and is_within(code, above)}


def _widest(codes: set[str]) -> str | None:
    """The only code, the region that holds all others, or the only province; None where there is none."""
    first = min(codes, key=lambda code: (len(_stem(code)), code))
    if all(is_within(code, first) for code in codes):
        return first
    provinces = [code for code in codes if code.endswith("0000")]
    return provinces[0] if len(provinces) == 1 else None


def _listed(code: str) -> str:
    """The six-digit form of a code in the list; refused where the list lacks it."""
    full = code.ljust(6, "0") if len(code) in (2, 4) else code
    if full in _regions():
        return full
    above = [code[:length].ljust(6, "0") for length in (4, 2) if len(code) <= 6]
    raise _unknown(code, [one for one in above if one in _regions()][:1])


def _stem(code: str) -> str:
    """A code without the pairs of zeros at its end: 43 of 430000."""
    while code.endswith("00"):
        code = code[:-2]
    return code


def _unknown(text: str, near: Iterable[str]) -> Refused:
    candidates, text = _named(near), text[:LONGEST]
    if not candidates:
        return Refused(
            _(
                "“%(found)s” is no region of the list. Allowed: a code such as %(code)s, or a name such as %(name)s."
            ),
            found=text,
            code="430000",
            name=region_name("43"),
        )
    return Refused(
        _("“%(found)s” is no region of the list. Nearest: %(candidates)s."),
        found=text,
        candidates=candidates,
    )


def _nearest(name: str) -> list[str]:
    """The region that the beginning of `name` means, else up to three whose names look like it."""
    for end in range(len(name) - 1, 1, -1):
        if found := _resolve(name[:end], ""):
            return sorted(found)[:3]
    import difflib  # noqa: PLC0415 -- slow import

    near = difflib.get_close_matches(name, _spellings(), n=3, cutoff=0.5)
    return list(dict.fromkeys(code for spelling in near for code in _spellings()[spelling]))[:3]


def _named(codes: Iterable[str]) -> str:
    """Regions as a message lists them: 220104 吉林省长春市朝阳区."""
    return ", ".join(f"{code} {''.join(_path(code))}" for code in sorted(codes))


def _path(code: str) -> Iterator[str]:
    """The names from the province down, without groupings and without a city of its province's name."""
    last = ""
    for length in (2, 4, 6):
        name = _regions().get(code[:length].ljust(6, "0"), "")
        here = length == 2 or code[length - 2 : length] != "00"
        if here and name != last and (name not in _GROUPINGS or length == len(_stem(code))):
            yield name
            last = name


@cache
def _regions() -> Mapping[str, str]:
    """All regions, code to name, from regions.csv."""
    with (Path(__file__).parent / "regions.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


@cache
def _spellings() -> Mapping[str, tuple[str, ...]]:
    """Every way to write a name, with the codes that it may mean; a full name means no shorter one's region."""
    full: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    for code, name in _regions().items():
        full.setdefault(name, []).append(code)
        for spelling in _shortened(name):
            short.setdefault(spelling, []).append(code)
    return {name: tuple(codes) for name, codes in (short | full).items() if len(name) >= _FEWEST}


def _shortened(name: str) -> set[str]:
    """Shorter ways to write a name: 湘西 and 湘西州 for 湘西土家族苗族自治州, 浦东 for 浦东新区."""
    stem = _ENDING.sub("", name)
    autonomous = _AUTONOMOUS.search(name)
    if not autonomous:
        return {stem} - {name}
    while (match := re.search(rf"(?:{_PEOPLES.pattern})$", stem)) and match.start() >= _FEWEST:
        stem = stem[: match.start()]
    return {stem, stem.removesuffix("族"), stem + autonomous[1], stem + autonomous[0]} - {name}
