# ruff: noqa: PLC0415, T201 -- a program: imports wait for django.setup(), it prints how far it came
"""Writes all numbers of the test's people anew in the database named; one line after each batch."""

import sys

import django

from zhongchuang import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]


def main():
    django.setup()
    from tests.sealed.people import Person
    from zhongchuang.sealed import actions

    for field in actions.sealed_fields([Person]):
        actions.rotate(field, tell=lambda done: print(done, flush=True))


main()
