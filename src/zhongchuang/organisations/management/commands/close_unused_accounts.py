from django.core.management.base import BaseCommand
from django.utils import timezone

from zhongchuang.organisations.actions import close_unused
from zhongchuang.organisations.models import User


class Command(BaseCommand):
    help = "Close accounts of officials and administrators that were not used for 90 days; run it daily."

    def handle(self, *args, **options):
        now = timezone.now()
        unused = list(User.objects.unused(now))
        for user in unused:
            close_unused(user, on=now.date())
        self.stdout.write(f"accounts closed: {len(unused)}")
