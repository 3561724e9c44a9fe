"""Procedures as `packs show` prints them: who acts, at which level, what comes next, in how many days, by which article."""

from collections.abc import Iterator

from zhongchuang.policy.citation import Citation
from zhongchuang.policy.facts import Text
from zhongchuang.policy.procedure import REFUSE, RETURN, Gives, Procedure, Step, Window, outcome

from . import words
from .language import gettext
from .output import Branch


def procedure(one: Procedure) -> Branch:
    """One procedure: when and with what one applies, its steps, what it ends with."""
    title = gettext("%(title)s (%(id)s) %(cite)s") % {
        "title": words.say_text(one.title),
        "id": one.id,
        "cite": source(one.cite, one.basis),
    }
    return Branch(
        title.strip(), [*_before(one), *(_step(one, step) for step in one.steps), *_after(one)]
    )


def source(cite: Citation | None, basis: str) -> str:
    """The article; that the project laid something down, where it did."""
    marked = gettext("(laid down by the project)") if basis else ""
    return " ".join(part for part in (str(cite or ""), marked) if part)


def _before(one: Procedure) -> Iterator[Branch]:
    if one.note:
        yield Branch(words.say_text(one.note))
    if one.window:
        yield Branch(_window(one.window))
    if one.batches:
        yield Branch(gettext("Taken in batches"))
    if one.asked_within:
        yield Branch(
            gettext("Asked for within %(days)s working days of the decision")
            % {"days": one.asked_within}
        )
    if one.sections:
        yield Branch(
            gettext("Form: %(sections)s")
            % {"sections": words.listed(words.say_text(part.title) for part in one.sections)}
        )
    if one.materials:
        yield Branch(
            gettext("Materials: %(materials)s")
            % {"materials": words.listed(words.say_text(part.text) for part in one.materials)}
        )
    if forms := one.forms():
        named = (f"{words.say_text(form.title)} [{name}]" for name, form in forms.items())
        yield Branch(gettext("Forms to take away: %(forms)s") % {"forms": words.listed(named)})


def _window(window: Window) -> str:
    return " ".join(
        (
            gettext("Each year from %(first)s to %(last)s")
            % {"first": "{:02}-{:02}".format(*window.first), "last": "{:02}-{:02}".format(*window.last)},
            source(window.cite, window.basis),
        )
    ).strip()  # fmt: skip


def _step(one: Procedure, step: Step) -> Branch:
    text = gettext("[%(id)s] %(text)s: %(who)s") % {
        "id": step.id,
        "text": words.say_text(step.text),
        "who": words.listed(filter(None, (*_who(step), _days(step), _needs(step)))),
    }
    moves = step.may or (step.forward,)
    return Branch(
        f"{text} {source(step.cite, step.basis)}".strip(),
        [
            *([Branch(words.say_text(step.note))] if step.note else []),
            *(Branch(f"{_move(move)} → {_leads(one, step, move)}") for move in moves),
        ],
    )


def _who(step: Step) -> Iterator[str]:
    if step.level:
        yield {
            "county": gettext("county level"),
            "city": gettext("city level"),
            "province": gettext("provincial level"),
            "national": gettext("national level"),
        }[step.level]
    else:
        yield gettext("the level that decided") if step.hands else ""
    if step.actor == "alliance":
        yield gettext("the alliance")
    for hand in step.hands:
        yield {
            "clerk": gettext("clerk"),
            "reviewer": gettext("reviewer"),
            "approver": gettext("approver"),
        }[hand]


def _days(step: Step) -> str:
    return gettext("%(days)s working days") % {"days": step.days} if step.days else ""


def _needs(step: Step) -> str:
    return words.listed(
        {
            "letter": gettext("with a letter"),
            "opinions": gettext("with the opinions of %(count)s experts")
            % {"count": step.opinions},
            "visit": gettext("with a visit to the site"),
        }[need]
        for need in step.needs
    )


def _move(move: str) -> str:
    return {
        "consent": gettext("consent"),
        "recommend": gettext("recommend"),
        "conclude": gettext("conclude"),
        "report": gettext("report"),
        "close": gettext("end of the days"),
        "grant": gettext("approve it"),
        RETURN: gettext("return for correction"),
        REFUSE: gettext("refuse"),
    }[move]


def _leads(one: Procedure, step: Step, move: str) -> str:
    if move == RETURN:
        return gettext("the applicant")
    to = outcome(one, step, move)
    if to.step:
        return words.say_text(one.step(to.step).text)
    return gettext("it ends there") if move == REFUSE else _granted(one)


def _granted(one: Procedure) -> str:
    return words.say_text(one.gives.title) if one.gives else gettext("granted")


def _after(one: Procedure) -> Iterator[Branch]:
    if one.gives:
        yield _line(_title(one.gives), one.gives.note, one.gives.cite, one.gives.basis)
    if one.ban:
        years = one.ban.years
        said = (
            gettext("After false material no application is taken for %(years)s years")
            % {"years": years}
            if years
            else gettext("After false material no application is taken any more")
        )
        yield _line(said, one.ban.note, one.ban.cite, one.ban.basis)


def _title(gives: Gives) -> str:
    years = gives.years
    parts = [
        gettext("for %(years)s years") % {"years": years} if years else gettext("without a term"),
        gettext("with a plaque") if gives.plaque else "",
    ]
    return gettext("Gives: %(title)s, %(how)s") % {
        "title": words.say_text(gives.title),
        "how": words.listed(filter(None, parts)),
    }


def _line(text: str, note: Text | None, cite: Citation | None, basis: str) -> Branch:
    return Branch(
        f"{text} {source(cite, basis)}".strip(), [Branch(words.say_text(note))] if note else []
    )
