"""Who had a hand in a case on the side of those who decide: moves, judgements, opinions."""

from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.policy.procedure import ANNUL


def took_part(case):
    """The keys of these people."""
    acts = case.acts.exclude(user=None).exclude(post__role__in=APPLICANTS).exclude(move=ANNUL)
    advisers = case.advice.exclude(answered=None)
    return [*acts.values_list("user", flat=True), *advisers.values_list("adviser", flat=True)]
