"""Questions that are asked of every app: an app answers by having a file of that name with a function of that name.

`todos.py` has `todos(acting)`, and so on. They are plain functions; who asks calls them in the open.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

QUESTIONS = (
    "todos",
    "notices",
    "places",
    "tabs",
    "of_organisation",
    "search",
    "personal",
    "consequences",
    "importable",
    "shortcuts",
    "deadlines",
    "touched",
    "ledgers",
    "charts",
    "plays",
    "scenes",
    "unfinished",
    "drafts",
    "bars",
    "needs",
    "beside",
    "grounds",
    "seen",
    "major",
    "ways",
    "casefile_parts",
    "contestable",
    "took_part",
    "activated",
    "pack_text",
    "activation",
    "on_forms",
    "lent",
)


@cache
def answering(question):
    """The functions that answer a question, in the order of the apps."""
    if question not in QUESTIONS:
        raise LookupError(question)
    ours = [app.name for app in apps.get_app_configs() if app.name.startswith("zhongchuang.")]
    modules = [import_module(f"{n}.{question}") for n in ours if find_spec(f"{n}.{question}")]
    return tuple(getattr(m, question) for m in modules if hasattr(m, question))


def ask(question, *given):
    """All answers of all apps, one after the other."""
    return [answer for function in answering(question) for answer in function(*given)]


def ask_by_app(question, *given):
    """The answers of each app that has any, under the name of the app."""
    found = [(names()[f.__module__.rsplit(".", 1)[0]], f(*given)) for f in answering(question)]
    return [(name, answers) for name, answers in found if answers]


def names():
    return {app.name: app.verbose_name for app in apps.get_app_configs()}
