from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from zhongchuang.organisations.actions import appoint_first
from zhongchuang.organisations.models import Region
from zhongchuang.page.refusal import Refused


class Command(BaseCommand):
    help = "Establish a department and print one-time links for its three administrators."

    def add_arguments(self, parser):
        parser.add_argument("region", help="code of the region, such as 330000")
        parser.add_argument("name", help="name of the department")
        for kind in ("system", "security", "audit"):
            parser.add_argument(f"--{kind}", required=True, metavar="EMAIL")

    def handle(self, *args, **options):
        region = Region.objects.current().filter(code=options["region"]).first()
        if region is None:
            raise CommandError(f"There is no region {options['region']}.", returncode=2)
        mails = {f"{kind}_admin": options[kind] for kind in ("system", "security", "audit")}
        try:
            tokens = appoint_first(region, options["name"], mails)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for role, token in tokens.items():
            path = reverse("organisations:invitation", args=[token])
            self.stdout.write(f"{role}: {settings.SITE_ADDRESS}{path}")
