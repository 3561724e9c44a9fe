"""What is built for the browser runs on the oldest ones that county offices still have."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "zhongchuang"
ASSETS = SOURCE / "page" / "assets"
BUILT = SOURCE / "page" / "static" / "page" / "built"
TOO_NEW = re.compile(
    r"color-mix\(|oklch\(|oklab\(|light-dark\(|:has\(|@container|@scope|@layer|linear\("
)


def test_the_style_sheet_needs_nothing_newer_than_chromium_109():
    assert TOO_NEW.findall((BUILT / "app.css").read_text(encoding="utf-8")) == []


def test_no_style_or_script_loads_from_elsewhere():
    for name in ("app.css", "app.js"):
        text = (BUILT / name).read_text(encoding="utf-8")
        assert (
            re.findall(r"url\([\"']?(?:https?:)?//|url\([\"']?data:|from\s*[\"']https?:", text)
            == []
        )


def test_every_icon_that_a_template_names_is_in_the_sprite():
    names = set((ASSETS / "icons.txt").read_text(encoding="utf-8").split())
    templates = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.html"))
    assert set(re.findall(r'{% icon "([a-z0-9-]+)"', templates)) - names == set()


def test_the_script_of_a_page_stays_small():
    assert len((BUILT / "app.js").read_bytes()) < 250_000
