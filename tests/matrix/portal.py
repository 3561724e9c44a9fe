"""The public site: open to everyone."""

from tests.matrix.rows import public

ROWS = [
    public("portal:home"),
    public("portal:search", query="q=%E6%B5%99", limited=True),
    *(
        public("portal:search", query=f"q={word}")
        for word in ("lease", "guest", "paper", "Wasps", "spruce")
    ),
    public("portal:packs", limited=True),
    public("portal:help"),
    public("portal:accessibility"),
    public("portal:privacy"),
    public("portal:sitemap"),
]
