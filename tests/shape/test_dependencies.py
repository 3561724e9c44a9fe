"""What the product is built from: counted, pinned, written down (S-21)."""

import json
import re
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-test.lock", "benchmarks/requirements.lock"]
SECURITY = ROOT / "docs" / "security" / "README.md"


def pinned(name):
    """Each package of a lock with its digests."""
    parts = re.split(
        r"^(?=[A-Za-z0-9])", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    found = [(dev.PINNED.match(part), part) for part in parts if dev.PINNED.match(part)]
    return [(match[1], re.findall(r"--hash=sha256:[0-9a-f]{64}", part)) for match, part in found]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_is_pinned_with_its_digests(name):
    packages = pinned(name)
    assert len(packages) > 5
    assert [package for package, digests in packages if not digests] == []


@pytest.mark.parametrize("name", [*LOCKS, "package-lock.json"])
def test_no_lock_says_where_packages_come_from(name):
    source = r"\"resolved\"" if name.endswith(".json") else r"https?://|--index|--find-links"
    assert re.findall(source, (ROOT / name).read_text(encoding="utf-8")) == []


def test_the_number_of_packages_is_stated_with_its_reason():
    count = len({package for package, _digests in pinned("requirements.lock")})
    stated = re.search(r"\*\*(\d+) packages\*\*", SECURITY.read_text(encoding="utf-8"))
    assert stated, "docs/security/README.md no longer says how many packages a site installs."
    assert int(stated[1]) == count, (
        "The number of installed packages changed: say the new number and why in docs/security/README.md; the goal is 40."
    )


def test_the_bill_of_materials_is_that_of_the_locks():
    kept = (ROOT / "docs" / "security" / "sbom.json").read_text(encoding="utf-8")
    assert kept == dev.bill_of_materials(), "The locks changed: run `make docs`."
    parts = {part["name"] for part in json.loads(kept)["components"]}
    assert parts >= {package for package, _digests in pinned("requirements.lock")} | set(
        dev.SHIPPED
    )


def test_the_bill_of_materials_names_no_address():
    text = (ROOT / "docs" / "security" / "sbom.json").read_text(encoding="utf-8")
    assert re.findall(r"https?://", text) == []
