"""What every page shows of the site, and the links in its head and foot."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.settings import variables

SITE = {
    "name": variables.SITE_NAME.read() or _("Innovation space service platform"),
    "domain": variables.SITE_DOMAIN.read(),
    "code": variables.SITE_CODE.read(),
    "icp": variables.SITE_ICP.read(),
    "police": variables.SITE_POLICE.read(),
    "host": variables.SITE_HOST.read(),
    "operator": variables.SITE_OPERATOR.read(),
    "phone": variables.SITE_PHONE.read(),
    "hours": variables.SITE_HOURS.read(),
    "mark": variables.SITE_MARK.read(),
    "mistakes": variables.SITE_MISTAKES.read(),
}
SITE_ADDRESS = variables.SITE_URL.read().rstrip("/")
# Templates that stand at the right of the head of every page.
HEAD_PARTS = ["organisations/me.html"]
# Templates that stand at the end of every page.
END_PARTS = ["organisations/session.html"]
HELP_PAGE = "portal:help"
# Names of addresses with their labels; the shell of every page shows them in this order.
MAIN_LINKS = [
    ("portal:home", _("Home")),
    ("gap:start", _("Gap analysis")),
    ("portal:packs", _("Rule packs")),
    ("portal:help", _("Help")),
]
# The same for people who have signed in, before the others.
WORK_LINKS = [
    ("organisations:workbench", _("Workbench")),
    ("spaces:register", _("Register")),
    ("organisations:own", _("My organisation")),
]
# The cards under the search field: address, picture, what one wants, what one gets.
TASK_LINKS = [
    (
        "gap:start",
        "list-check",
        _("Gap analysis"),
        _("What a space meets in every document, and what is short"),
    ),
    (
        "portal:packs",
        "scale",
        _("Rule packs"),
        _("Conditions, awards and terms of each document"),
    ),
    (
        "admission:calls",
        "building",
        _("Move in"),
        _("Spaces that take applications, by region"),
    ),
]
FOOT_LINKS = [
    ("portal:sitemap", _("Site map")),
    ("admission:calls", _("Spaces that take applications")),
    ("procedures:notices", _("Public notices")),
    ("filing:titles", _("Register of titles")),
    ("portal:accessibility", _("Accessibility statement")),
    ("portal:privacy", _("Privacy statement")),
    ("portal:help", _("Help")),
    ("api:docs", _("API")),
]
