"""What the bell shows: letters not yet read."""

from django.urls import reverse
from django.utils import timezone

from zhongchuang.organisations.todos import Notice
from zhongchuang.records.models import Letter

SHOWN = 50


def notices(acting):
    unread = Letter.objects.visible_to(acting).unread()
    return [
        Notice(
            title=letter.title,
            url=f"{reverse('records:letters')}#letter-{letter.pk}",
            on=timezone.localdate(letter.moment),
        )
        for letter in unread[:SHOWN]
    ]
