"""What a search finds among the evidence that one sees: by the name of the file."""

from django.utils.formats import date_format
from django.utils.timezone import localtime

from zhongchuang.records.models import Evidence

SHOWN = 20


def search(acting, query):
    """Address, label and a line about each; newest first."""
    found = Evidence.objects.visible_to(acting).current().found_by(query)
    return [
        (one.get_absolute_url(), one.name, about(one))
        for one in found.select_related("organisation", "handed_in_by")[:SHOWN]
    ]


def about(one):
    who = one.organisation.name if one.organisation else one.handed_in_by.name
    return f"{who}, {date_format(localtime(one.moment), 'DATE_FORMAT')}"
