"""What a search finds among the credit records that one sees: by operator, space, document or number."""

from zhongchuang.credit.models import Record

SHOWN = 20


def search(acting, query):
    """Address, label and a line about each."""
    found = Record.objects.visible_to(acting).found_by(query).select_related("operator")
    return [(one.get_absolute_url(), f"{one.operator.name}: {one.matter_name}", f"{one.get_state_display()}, {one.basis}") for one in found[:SHOWN]]  # fmt: skip
