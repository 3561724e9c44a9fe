from django.core.management.base import BaseCommand
from django.utils import timezone

from zhongchuang.organisations.actions import load_regions


class Command(BaseCommand):
    help = "Bring the regions in step with the Ministry's list and the list of zones."

    def handle(self, *args, **options):
        began, ended = load_regions(on=timezone.localdate())
        self.stdout.write(f"regions: {began} began, {ended} ended")
