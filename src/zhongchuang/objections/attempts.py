"""How often a visitor asks: objections and files from one network address, and letters to one e-mail address."""

from zhongchuang.objections.rules import terms
from zhongchuang.page.visitor import is_one_too_many

HOUR = 3600


def from_here(ip):
    """Whether one more objection from this network address is one too many."""
    return is_one_too_many("objections", ip, terms()["often"]["from_an_address"], HOUR)


def letters_to(email):
    """Whether one more letter to this e-mail address is one too many."""
    return is_one_too_many("objection-codes", email, terms()["often"]["to_an_address"], HOUR)


def files_from(ip):
    """Whether one more file from this network address is one too many."""
    return is_one_too_many("objection-files", ip, terms()["often"]["files"], HOUR)
