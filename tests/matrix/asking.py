"""Asking the site: one request inside a savepoint, with what it answered and what it wrote."""

import copy
import html
import re
from dataclasses import dataclass, field

from django.db import connection, transaction

WRITES = re.compile(
    r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+["`]?(\w+)', re.IGNORECASE
)
CHANGED_BY_LOOKING = {
    "django_session": "a session notes that it is in use, and keeps messages until they are shown",
    "usersessions_usersession": "the list of one's own sessions notes when each was used",
    "cache": "counts of failed sign-ins and of requests from one network address",
}


@dataclass
class Answer:
    """The status, the text, and the tables that the request wrote to."""

    status: int
    text: str
    response: object
    wrote: set = field(default_factory=set)


class Recorder:
    """Notes the tables that statements write to; refuses to write to one of them if told so."""

    def __init__(self, refused=""):
        self.tables, self.refused = set(), refused

    def __call__(self, execute, sql, params, many, context):
        found = WRITES.match(sql)
        if found:
            if found[1] == self.refused:
                raise RuntimeError(f"{self.refused} cannot be written to")
            self.tables.add(found[1])
        return execute(sql, params, many, context)


def text_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def ask(client, url, *, post=None, keep=False, look=None, refused="", **more):
    """One request; unless `keep`, what it wrote is taken back. `look` is called before that, and its result is kept."""
    recorder, cookies = Recorder(refused), copy.deepcopy(client.cookies)
    with transaction.atomic():
        with connection.execute_wrapper(recorder):
            response = client.get(url, **more) if post is None else client.post(url, post, **more)
            answer = Answer(response.status_code, text_of(response), response)
        answer.wrote = recorder.tables - set(CHANGED_BY_LOOKING)
        answer.looked = look(answer) if look else None
        transaction.set_rollback(not keep)
    if not keep:
        client.cookies = cookies
    return answer


def address(row, route, keys):
    return route.address(keys) + (f"?{row.query}" if row.query else "")


def browser(world, name):
    return world.visitor if name == "visitor" else world.viewer(name)


FORMS = re.compile(r"<form([^>]*)>(.*?)</form>", re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


def hidden_fields(page):
    """What the form of a page sends by itself: its key, the version it was made of, the place of its draft."""
    ours = [
        inner
        for head, inner in FORMS.findall(page)
        if 'method="post"' in head and "action=" not in head
    ]
    found = {name: html.unescape(value) for inner in ours for name, value in HIDDEN.findall(inner)}
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def sent_by(form, world, owner, page=""):
    """What a person sends, with what the page sends by itself."""
    given = form.sends(world, owner) if callable(form.sends) else form.sends
    return hidden_fields(page) | given
