"""Finding Chinese names as written or by the initials of their pinyin."""

from django.db.models import Q


def initials(text):
    """The first letters of the pinyin of a Chinese text: gw of the word for desks."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 -- slow import

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).casefold()


def words_of(*texts):
    """What a row is found by, in small letters: the texts as written, then their initials."""
    whole = "\n".join(filter(None, texts)).casefold()
    return f"{whole}\n{initials(whole)}"


def having(query, *lookups):
    """The condition that each word of the query stands in a column, by lookups such as `words__contains`."""
    found = Q()
    for word in query.casefold().split():
        found &= Q(*((lookup, word) for lookup in lookups), _connector=Q.OR)
    return found
