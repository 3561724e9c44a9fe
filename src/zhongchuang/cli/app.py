# ruff: noqa: ARG001, FBT002, PLR0913, PLR0917 -- the parameters of a command are its options
"""The commands with their arguments, options and help; each loads its own module when it is called.

Imported after the language is chosen, because help texts are made here.
"""

import errno
import os
from pathlib import Path
from typing import Annotated

import typer

from .language import gettext

app = typer.Typer(
    name="zhongchuang",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    suggest_commands=False,
    help=gettext(
        "Compares innovation spaces with the rules of every place: what is met, what is missing and by how much, with the article."
    ),
)
packs_app = typer.Typer(
    name="packs",
    no_args_is_help=True,
    rich_markup_mode=None,
    suggest_commands=False,
    help=gettext("Lists, checks, shows and starts rule packs."),
)
app.add_typer(packs_app)


def pack_names(incomplete: str) -> list[str]:
    """The packs of the product, for the shell."""
    from zhongchuang.policy.loading import pack_folders  # noqa: PLC0415 -- slow import

    return [folder.name for folder in pack_folders() if folder.name.startswith(incomplete)]


PackName = Annotated[
    str,
    typer.Argument(
        metavar="PACK[:SET]",
        autocompletion=pack_names,
        show_default=False,
        help=gettext("A pack by id or folder, with the set where it is not the first."),
    ),
]
Spaces = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        show_default=False,
        help=gettext("The spaces, one a row: .xlsx, .xls, .csv, .json or .parquet."),
    ),
]
Target = Annotated[
    str,
    typer.Option(
        "--on",
        metavar="DATE",
        help=gettext("The day that the rules are taken from; today if not given."),
    ),
]
Json = Annotated[
    bool,
    typer.Option("--json", help=gettext("Answer in JSON; over 1,000 subjects one object a line.")),
]
Strict = Annotated[
    bool, typer.Option("--strict", help=gettext("Refuse a file with columns that are no fact."))
]
Packs = Annotated[
    list[Path] | None,
    typer.Option(
        "--packs",
        metavar="DIR",
        envvar="ZHONGCHUANG_PACKS",
        show_default=False,
        help=gettext("A folder with more packs; may be repeated."),
    ),
]
Language = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="zh|en",
        envvar="ZHONGCHUANG_LANG",
        show_default=False,
        help=gettext("The language of the answer."),
    ),
]


@app.callback()
def everywhere(lang: Language = "") -> None:
    """The language may be given before the command; it was chosen before this file was read."""


@app.command(help=gettext("Check every space in a file against one set of rules."))
def check(
    pack: PackName,
    file: Spaces,
    on: Target = "",
    json: Json = False,
    strict: Strict = False,
    packs: Packs = None,
    lang: Language = "",
) -> int:
    from .check import check as run  # noqa: PLC0415 -- slow import
    from .words import day  # noqa: PLC0415 -- slow import

    return run(pack, file, day(on), folders(packs), as_json=json, strict=strict)


@app.command(help=gettext("Explain the verdict on one space as a tree with articles."))
def explain(
    pack: PackName,
    file: Spaces,
    subject: Annotated[
        str, typer.Option("--subject", metavar="NAME", help=gettext("The space, by name or code."))
    ],
    on: Target = "",
    save: Annotated[
        Path | None,
        typer.Option(
            "--save",
            metavar="DECISION.json",
            show_default=False,
            help=gettext("Keep the verdict with all its grounds, for `recompute`."),
        ),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar="NAME", help=gettext("Who decides; kept in the saved decision.")
        ),
    ] = "",
    json: Json = False,
    strict: Strict = False,
    packs: Packs = None,
    lang: Language = "",
) -> int:
    from .explain import explain as run  # noqa: PLC0415 -- slow import
    from .words import day  # noqa: PLC0415 -- slow import

    return run(
        pack, file, subject, day(on), folders(packs), save=save, by=by, as_json=json, strict=strict
    )


@app.command(
    help=gettext(
        "Compare every space in a file with all packs at once: verdicts, gaps, and what it would be paid."
    )
)
def compare(
    file: Spaces,
    on: Target = "",
    json: Json = False,
    strict: Strict = False,
    packs: Packs = None,
    lang: Language = "",
) -> int:
    from .compare import compare as run  # noqa: PLC0415 -- slow import
    from .words import day  # noqa: PLC0415 -- slow import

    return run(file, day(on), folders(packs), as_json=json, strict=strict)


@app.command(help=gettext("Score and rank the spaces in a file; who gets which grade and award."))
def rank(
    pack: PackName,
    file: Spaces,
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous",
            metavar="FILE",
            show_default=False,
            help=gettext("The same spaces a year before."),
        ),
    ] = None,
    on: Target = "",
    json: Json = False,
    strict: Strict = False,
    packs: Packs = None,
    lang: Language = "",
) -> int:
    from .rank import rank as run  # noqa: PLC0415 -- slow import
    from .words import day  # noqa: PLC0415 -- slow import

    return run(pack, file, previous, day(on), folders(packs), as_json=json, strict=strict)


@app.command(help=gettext("Change thresholds of a set and see who gains and who drops out."))
def whatif(
    pack: PackName,
    file: Spaces,
    settings: Annotated[
        list[str],
        typer.Option(
            "--set",
            metavar="ID=VALUE",
            help=gettext("A condition and its new threshold; may be repeated."),
        ),
    ],
    json: Json = False,
    strict: Strict = False,
    packs: Packs = None,
    lang: Language = "",
) -> int:
    from .whatif import whatif as run  # noqa: PLC0415 -- slow import

    return run(pack, file, settings, folders(packs), as_json=json, strict=strict)


@app.command(help=gettext("Compute a saved decision again, offline, and compare."))
def recompute(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="DECISION.json",
            show_default=False,
            help=gettext("A decision that `explain --save` wrote."),
        ),
    ],
    json: Json = False,
    packs: Annotated[
        list[Path] | None,
        typer.Option(
            "--packs",
            metavar="DIR",
            show_default=False,
            help=gettext(
                "Also compare with the rules of the pack in this folder; may be repeated."
            ),
        ),
    ] = None,
    lang: Language = "",
) -> int:
    from .recompute import recompute as run  # noqa: PLC0415 -- slow import

    return run(file, folders(packs), as_json=json)


@app.command(help=gettext("Write a workbook to fill in."))
def template(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", show_default=False, help=gettext("Where to write it.")),
    ] = None,
    lang: Language = "",
) -> int:
    from .template import template as run  # noqa: PLC0415 -- slow import

    return run(file)


@app.command(
    help=gettext(
        "Write an invented province, the same for the same seed; or the six spaces of Hedong as published."
    )
)
def demo(
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help=gettext("Where to write it: .xlsx, .csv, .json or .parquet."),
        ),
    ],
    spaces: Annotated[
        int, typer.Option("--spaces", min=1, max=200_000, help=gettext("How many spaces."))
    ] = 900,
    seed: Annotated[
        int, typer.Option("--seed", help=gettext("Another number gives another province."))
    ] = 1,
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous",
            metavar="FILE",
            show_default=False,
            help=gettext("Write the year before to this file."),
        ),
    ] = None,
    hedong: Annotated[
        bool,
        typer.Option(
            "--hedong",
            help=gettext("The six spaces of Hedong, Tianjin, with what is published of them."),
        ),
    ] = False,
    lang: Language = "",
) -> int:
    from .demo import demo as run  # noqa: PLC0415 -- slow import

    return run(out, spaces=spaces, seed=seed, previous=previous, only_hedong=hedong)


@packs_app.command("list", help=gettext("List all packs and their sets."))
def packs_list(
    on: Target = "", json: Json = False, packs: Packs = None, lang: Language = ""
) -> int:
    from .packs import list_packs  # noqa: PLC0415 -- slow import
    from .words import day  # noqa: PLC0415 -- slow import

    return list_packs(day(on), folders(packs), as_json=json)


@packs_app.command(
    "lint", help=gettext("Read packs, name every fault with file and key, and run their cases.")
)
def packs_lint(
    place: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            show_default=False,
            help=gettext("A pack, or a folder of packs; the product's own if not given."),
        ),
    ] = None,
    lang: Language = "",
) -> int:
    from .packs import lint  # noqa: PLC0415 -- slow import

    return lint(place)


@packs_app.command("show", help=gettext("Show the conditions, awards and term of a pack."))
def packs_show(pack: PackName, packs: Packs = None, lang: Language = "") -> int:
    from .packs import show  # noqa: PLC0415 -- slow import

    return show(pack, folders(packs))


@packs_app.command("new", help=gettext("Start a pack in a new folder here."))
def packs_new(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", show_default=False, help=gettext("The id, such as my-city-2027.")
        ),
    ],
    lang: Language = "",
) -> int:
    from .packs import new  # noqa: PLC0415 -- slow import

    return new(name)


def folders(packs: list[Path] | None) -> tuple[Path, ...]:
    """The folders with more packs; refused where one is missing."""
    for place in packs or ():
        if not place.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
    return tuple(packs or ())
