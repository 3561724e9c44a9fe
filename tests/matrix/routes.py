"""Every address of the site, and the rows that the tables of this folder hold for them."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from django.urls import URLPattern, get_resolver, reverse

FOLDER = Path(__file__).parent
NO_TABLES = {"asking", "conftest", "naughty", "rows", "routes", "snapshot", "world"}


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    app: str

    def address(self, keys):
        """The address with its keys; a pattern without a name is an address itself, or is filled in."""
        if self.name != self.pattern:
            return reverse(self.name, kwargs=keys)
        address = self.pattern
        for name, key in keys.items():
            start = address.index("<")
            address = f"{address[:start]}{key}{address[address.index('>') + 1 :]}"
            assert name
        return f"/{address}"

    @property
    def missing(self):
        """What an engineer reads whose new address has no row."""
        return (
            f"The address /{self.pattern} has no row in the matrix of who may open what. Add"
            f' row("{self.name}", …) to ROWS in tests/matrix/{self.app}.py; how, is said at the head of'
            f" tests/matrix/rows.py."
        )


def app_of(space, callback):
    """The app of ours that a table is named after, by its namespace or its views; pages of the sign-in library: `account`."""
    if space:
        return space.partition(":")[0]
    first, _dot, rest = getattr(callback, "__module__", "").partition(".")
    return rest.partition(".")[0] if first == "zhongchuang" else "account"


def walked(patterns, start="", space=""):
    for one in patterns:
        pattern = start + str(one.pattern)
        if isinstance(one, URLPattern):
            name = f"{space}{one.name}" if one.name else pattern
            yield Route(name, pattern, app_of(space, one.callback))
        else:
            deeper = f"{space}{one.namespace}:" if one.namespace else space
            yield from walked(one.url_patterns, pattern, deeper)


def routes():
    """Every address once; of two that are called alike the first is the one that answers.

    Operations of the API take and give JSON: tests/api/test_access.py asks for each of them, and fails without a row.
    """
    found = {}
    for route in walked(get_resolver().url_patterns):
        if route.app != "api" or route.name in {"api:docs", "api:openapi"}:
            found.setdefault((route.pattern, route.name), route)
    return list(found.values())


def tables(kind):
    """What all tables of the folder hold under a name: `ROWS` or `SECRETS`."""
    names = {path.stem for path in FOLDER.glob("*.py")} - NO_TABLES
    apps = sorted(name for name in names if not name.startswith("test_"))
    modules = [import_module(f"tests.matrix.{name}") for name in apps]
    return [one for module in modules for one in getattr(module, kind, [])]


ROUTES = {route.name: route for route in routes()}
ROWS = tables("ROWS")
SECRETS = tables("SECRETS")
