"""Where a rule stands in its document: article, paragraph, item; or chapter and section of an opinion."""

import re
from dataclasses import dataclass

from .errors import Refused, _

_DIGITS = "〇一二三四五六七八九"
_DOCUMENT = re.compile(r"《[^《》]+》|[^《》〔〕第\s]+〔\d{4}〕\d+号")
_ARTICLE = re.compile(r"第([〇一二三四五六七八九十百]+)条(?:第([〇一二三四五六七八九十百]+)款)?")
_CHAPTER = re.compile(r"[一二三四五六七八九十]+(?![〇一二三四五六七八九十百])")
_ITEM = re.compile(r"[(（]([〇一二三四五六七八九十百]+)[)）]")
_NUMBER = re.compile(r"(\d+)(?![\d)）])")
_BRACKETED = re.compile(r"[(（](\d+)[)）]")


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a document, from the widest to the narrowest part.

    `document` is filled where the citation names one: 《…》 or a document number such as 〔2017〕120号.
    An article-wise document fills `article` (and `paragraph`); an opinion in chapters fills `chapter`.
    `item`, `number` and `sub` are the parts written (三), 2 and (1). Unfilled parts are 0.
    """

    article: int = 0
    paragraph: int = 0
    chapter: int = 0
    item: int = 0
    number: int = 0
    sub: int = 0
    document: str = ""

    @classmethod
    def parse(cls, text: str) -> "Citation":
        """Read 第六条(三), 第十二条第二款, 四(二)1, 第五条(二)1(1), 五(一), or a document alone."""
        plain = re.sub(r"\s", "", text)
        document = match[0] if (match := _DOCUMENT.match(plain)) else ""
        plain = plain[len(document) :]
        if document and not plain:
            return cls(document=document)
        parts: dict[str, int] = {}
        if match := _ARTICLE.match(plain):
            parts["article"] = _read(match[1])
            parts["paragraph"] = _read(match[2]) if match[2] else 0
        elif match := _CHAPTER.match(plain):
            parts["chapter"] = _read(match[0])
        else:
            raise _no_citation(text)
        rest = plain[match.end() :]
        for name, pattern in (("item", _ITEM), ("number", _NUMBER), ("sub", _BRACKETED)):
            if match := pattern.match(rest):
                parts[name] = _read(match[1])
                rest = rest[match.end() :]
        if rest:
            raise _no_citation(text)
        return cls(**parts, document=document)

    def __str__(self) -> str:
        head = (
            f"第{_write(self.article)}条"
            if self.article
            else _write(self.chapter)
            if self.chapter
            else ""
        )
        return (
            self.document
            + head
            + (f"第{_write(self.paragraph)}款" if self.paragraph else "")
            + (
                (f"({_write(self.item)})" if self.item else "")
                + (str(self.number) if self.number else "")
                + (f"({self.sub})" if self.sub else "")
            )
        )

    def english(self) -> str:
        """The same place in Latin figures: Art. 6(3), Part 4(2)1."""
        if not (self.article or self.chapter):
            return self.document
        head = f"Art. {self.article}" if self.article else f"Part {self.chapter}"
        return (
            f"{self.document} {head}".lstrip()
            + (f" para. {self.paragraph}" if self.paragraph else "")
            + (
                (f"({self.item})" if self.item else "")
                + (f" {self.number}" if self.number else "")
                + (f"({self.sub})" if self.sub else "")
            )
        )


def _no_citation(text: str) -> Refused:
    return Refused(
        _("“%(found)s” is no citation. Allowed: %(allowed)s."),
        found=text,
        allowed="第六条(三), 第十二条第二款, 四(二)1, 第五条(二)1(1)",
    )


def _read(text: str) -> int:
    """A Chinese or Latin number below 1000 as int."""
    if text.isascii():
        return int(text)
    total, digit = 0, 0
    for sign in text:
        if sign == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif sign == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _DIGITS.index(sign)
    return total + digit


def _write(number: int) -> str:
    """The Chinese form used in citations: 十二, 二十, 一百〇三."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "〇"
    return text + (_DIGITS[ones] if ones or not number else "")
