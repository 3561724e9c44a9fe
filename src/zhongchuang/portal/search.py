"""Finding a page or a rule pack by a part of its name, its number, or the initials of its pinyin."""

from django.urls import reverse

from zhongchuang.page.pinyin import initials


def matches(words, texts):
    """Whether each word occurs in one of the texts, as written or as pinyin initials."""
    whole = "\n".join(texts).casefold()
    letters = initials(whole)
    return all(word in whole or word in letters for word in words)


def find(query, *, packs, pages):
    """The pages and packs that have all words of the query; an empty query finds nothing."""
    words = query.casefold().split()
    if not words:
        return {"pages": [], "packs": []}
    return {
        "pages": [
            {"url": reverse(name), "label": label}
            for name, label in pages
            if matches(words, [str(label)])
        ],
        "packs": [
            pack
            for pack in packs
            if matches(words, [pack["id"], pack["title"], pack["other_title"], pack["authority"]])
        ],
    }
