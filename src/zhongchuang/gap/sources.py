"""Where subjects come from: an upload under its token, or a demonstration set."""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from zhongchuang.demo.hedong import Stated, hedong_totals
from zhongchuang.gap.matrix import ASSUMED_CODE, REGISTERED, place
from zhongchuang.gap.models import Upload
from zhongchuang.gap.packs import find_pack
from zhongchuang.gap.storage import read_table
from zhongchuang.policy.pack import Pack, RuleSet
from zhongchuang.policy.table import Table
from zhongchuang.policy.verdict import MET

FEW = 60
"""Up to here rules are applied row by row: numpy is a heavy import."""

EXAMPLE_SPACES, EXAMPLE_SEED = 900, 1


@dataclass(frozen=True)
class Source:
    """A table of subjects with the addresses of its pages."""

    kind: str
    name: str
    title: str = field(compare=False)
    note: str = field(default="", compare=False)
    upload: Upload | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """How forms name it: u:token or demo:name."""
        return f"{self.kind}:{self.name}"

    @property
    def table(self) -> Table:
        """The figures; kept in memory for the next page."""
        return uploaded(self.name) if self.kind == "u" else demonstrated(self.name)

    @property
    def url(self) -> str:
        """The page of all its subjects."""
        return reverse("gap:upload" if self.kind == "u" else "gap:demo", args=[self.name])

    def subject_url(self, row: int) -> str:
        """The page of one subject."""
        return f"{self.url}{row + 1}/"


class Gone(Http404):
    """An upload that was deleted, has expired or never was."""


def upload_source(token: str) -> Source:
    """An upload that is still kept; Gone where it is not."""
    upload = Upload.objects.live().defer("table").filter(token=token).first()
    if upload is None:
        raise Gone
    return Source("u", token, upload.name, upload=upload)


def source(kind: str, name: str) -> Source:
    """The source that an address names."""
    if kind == "u":
        return upload_source(name)
    for one in demonstrations():
        if one.name == name:
            return one
    raise Http404


def demonstrations() -> list[Source]:
    """The sets that everybody may look at."""
    return [
        Source(
            "demo",
            "hedong",
            _("Hedong district: six spaces"),
            _("Published figures of 2017; what was not published stays unknown."),
        ),
        Source(
            "demo",
            "province",
            _("An example province"),
            _("900 spaces with invented names and figures."),
        ),
    ]


@lru_cache(maxsize=4)
def uploaded(token: str) -> Table:
    """The figures of an upload."""
    return read_table(Upload.objects.values_list("table", flat=True).get(token=token))


def forget() -> None:
    """Drop what this process remembers of uploads."""
    uploaded.cache_clear()
    _codes.cache_clear()


@lru_cache(maxsize=4)
def demonstrated(name: str) -> Table:
    """The figures of a demonstration set."""
    from zhongchuang.demo import hedong, province  # noqa: PLC0415 -- slow import

    return hedong() if name == "hedong" else province(EXAMPLE_SPACES, EXAMPLE_SEED)[0]


def stated_totals(one: Source) -> list[Stated]:
    """Figures that are published for the subjects together only; none of an upload."""
    return hedong_totals() if one.key == "demo:hedong" else []


def verdicts(one: Source, pack: Pack, rules: RuleSet, *, local: bool) -> bytes:
    """The code of every subject on a set, one byte each: its place in `MARKED`."""
    return _codes(one, f"{pack.id}:{rules.name}", local)


@lru_cache(maxsize=128)
def _codes(one: Source, reference: str, local: bool) -> bytes:  # noqa: FBT001 -- part of the cache's key
    pack, name = find_pack(reference)
    rules, table = pack.set(name), one.table
    stated = _judged(table, pack, rules)
    filled = with_place(table, rules) if local else table
    if filled is table:
        return stated
    pairs = zip(_judged(filled, pack, rules), stated, strict=True)
    return bytes(ASSUMED_CODE if now == MET != was else now for now, was in pairs)


def _judged(table: Table, pack: Pack, rules: RuleSet) -> bytes:
    if len(table) <= FEW:
        return bytes(
            rules.judge(table.facts(row), table.judged(row, pack.id, rules.name)).verdict
            for row in table.rows()
        )
    from zhongchuang.policy.columns import judge_columns  # noqa: PLC0415 -- slow import

    return judge_columns(rules, table, pack.id).root.tobytes()


def with_place(table: Table, rules: RuleSet) -> Table:
    """The table with those registered where the set wants it who do not state where they are."""
    home, blank = place(rules), set(placeless(table))
    if not home or not blank:
        return table
    stated = table.columns.get(REGISTERED, ())
    filled = [home.ljust(6, "0") if row in blank else stated[row] for row in table.rows()]
    return replace(table, columns={**table.columns, REGISTERED: filled})


def placeless(table: Table) -> list[int]:
    """The rows that do not state where they are registered."""
    stated = table.columns.get(REGISTERED)
    return [row for row in table.rows() if stated is None or stated[row] is None]
