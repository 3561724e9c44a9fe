"""How pages are shown: kept in cookies, open to everyone."""

from tests.matrix.rows import public

ROWS = [
    public("page:display"),
    public("page:display", query="size=elder&next=/help/", otherwise=302, visitor=302),
]
