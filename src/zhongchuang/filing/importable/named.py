"""The spaces that the rows of a file name, by code or by name."""

from django.utils.translation import gettext_noop

from zhongchuang.spaces.actions.imported import parts
from zhongchuang.spaces.importable.columns import fault
from zhongchuang.spaces.models import Space


class NamedSpaces:
    """Those of the reach of a post; of one name there may be several."""

    def __init__(self, rows, *, by):
        self.found = {}
        for some in parts(sorted({row["space"] for row in rows if row})):
            self.find(some, by)

    def find(self, names, by):
        seen = Space.objects.visible_to(by).filter(state__in=Space.REGISTERED)
        seen = seen.select_related("region", "operator")
        for space in seen.filter(code__in=names):
            self.found.setdefault(space.code, {})[space.pk] = space
        for space in seen.filter(name__in=names):
            self.found.setdefault(space.name, {})[space.pk] = space

    def of(self, row):
        """The space; where several have the name, the one that the operator runs. None where there is not just one."""
        found = list(self.found.get(row["space"], {}).values())
        if len(found) > 1:
            found = [one for one in found if one.operator.credit_code == row["credit_code"]]
        return found[0] if len(found) == 1 else None

    def fault(self, place, row):
        """Why a row names none."""
        if row["space"] in self.found:
            return fault(place, "space", "several_spaces", gettext_noop("Several spaces are called “%(found)s”, and not just one of them is run by this operator. Write the code of the space."), found=row["space"])  # fmt: skip
        return fault(place, "space", "unknown_space", gettext_noop("No registered space of your region has the name or code “%(found)s”. Bring the space in first, or correct the cell."), found=row["space"])  # fmt: skip
