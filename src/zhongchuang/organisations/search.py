"""What a search finds among the organisations that one sees: by name, place, credit code or pinyin initials."""

from django.urls import reverse

from zhongchuang.organisations.models import Organisation

SHOWN = 20


def search(acting, query):
    """Address, label and a line about each."""
    found = Organisation.objects.visible_to(acting).found_by(query).select_related("region")
    return [
        (
            reverse("organisations:organisation", args=[one.pk]),
            one.name,
            f"{one.get_kind_display()}, {one.region}",
        )
        for one in found[:SHOWN]
    ]
