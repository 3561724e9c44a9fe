"""Texts that break careless software: read from `naughty.json`, and some that are made."""

import json
from pathlib import Path

GROUPS = json.loads((Path(__file__).parent / "naughty.json").read_text(encoding="utf-8"))
LONG = ["\u4f17" * 10_000, "a" * 10_000, "=" * 300, "\U00020bb7" * 201]
SURROGATES = ["\ud800 half"]
"""No text at all in UTF-8; browsers cannot send it, programs can."""

ALL = [text for group in GROUPS.values() for text in group] + LONG
LINKS = [
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\/evil.example", "\\\\evil.example",
    "https:evil.example", "https:/evil.example", "https://evil.example", "http://evil.example", "http:///evil.example",
    "//evil.example/%2f..", "/%09/evil.example", "/\t/evil.example", "\t//evil.example", " //evil.example",
    "\n//evil.example", "/\n/evil.example", "//evil.example\\@testserver", "https://testserver@evil.example",
    "https://testserver.evil.example", "http://testserver:80@evil.example/", "https://evil.example#testserver",
    "https://evil.example?testserver", "//\u3002evil.example", "//evil\u3002example", "//evil.example:443",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x",
    "file:///etc/passwd", "ftp://evil.example", "http://[::1]/", "http://2130706433/", "//127.0.0.1/", "/\u0000/evil.example",
    "https://\uff45vil.example", "///", "http:\\\\evil.example", "/\\/evil.example", "%2f%2fevil.example",
    "https%3A%2F%2Fevil.example", "/..//evil.example", "\u202e//evil.example",
]  # fmt: skip
"""Addresses that lead elsewhere, or that some browser reads so."""
