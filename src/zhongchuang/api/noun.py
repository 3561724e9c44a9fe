"""A noun of the API: its operations, each with all the answers that it may give."""

import hashlib
import json
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_noop as _
from ninja import Header, Router

from zhongchuang.api.answers import only_what_is_declared
from zhongchuang.api.identity import Bearer, Session
from zhongchuang.api.shapes import Problem
from zhongchuang.records.actions import once

ALWAYS = frozenset({422, 429})
GUARDED = frozenset({401, 403, 404})
CHANGING = frozenset({400, 409, 413})

RequestKey = Annotated[
    UUID | None,
    Header(
        alias="Idempotency-Key",
        description=_(
            "A UUID of your own: the same request sent again with it is carried out once."
        ),
    ),
]


class Noun(Router):
    """Operations with one scope; without a scope they are public."""

    def __init__(self, name, *, scope=""):
        auth = {"auth": [Bearer(scope), Session()]} if scope else {}
        super().__init__(tags=[name], **auth)
        self.faults = ALWAYS | (GUARDED if scope else frozenset({404}))
        self.add_decorator(only_what_is_declared)

    def reads(self, path, shape, *, also=frozenset(), **more):
        answers = {200: shape, self.faults | also: Problem}
        return self.get(path, response=answers, exclude_none=True, by_alias=True, **more)

    def writes(self, path, answers, **more):
        answers = answers | {self.faults | CHANGING: Problem}
        return self.post(path, response=answers, exclude_none=True, by_alias=True, **more)


def carried_out_once(key, act, *, by, name, given):
    """What `act` returns; with a key it is carried out once, and the key counts for this very request alone."""
    if key is None:
        return act()
    asked = hashlib.sha256(json.dumps([name, given], sort_keys=True, default=str).encode())
    return once(key, act, by=by, purpose=f"api {asked.hexdigest()[:48]}")
