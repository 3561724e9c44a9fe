import os
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zhongchuang.organisations.models import Organisation, User
from zhongchuang.organisations.touched import Incident
from zhongchuang.privacy.actions import list_touched
from zhongchuang.records.models import Evidence
from zhongchuang.tables.writing import CSV, OutSheet
from zhongchuang.tables.writing import write as write_tables


class Command(BaseCommand):
    help = "Write a CSV file of everybody whose data an incident touches, and which data (PIPL art. 57). The file is private and must be deleted when it was used."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the file to write; it must not exist yet")
        parser.add_argument(
            "--organisation", nargs="+", type=int, default=[], help="numbers of organisations"
        )
        parser.add_argument(
            "--evidence", nargs="+", default=[], help="keys of files, as in their address"
        )
        parser.add_argument("--user", nargs="+", default=[], help="e-mail addresses of accounts")
        parser.add_argument(
            "--reason", required=True, help="what happened; it stays in the audit log"
        )

    def handle(self, *args, **options):
        incident = Incident(
            organisations=known(Organisation, "pk", options["organisation"]),
            evidence=known(Evidence, "key", options["evidence"]),
            users=known(User, "email", options["user"]),
        )
        found = list_touched(incident, reason=options["reason"])
        write(options["file"], found)
        self.stdout.write(
            _("%(count)s lines were written to %(file)s.")
            % {"count": len(found), "file": options["file"]}
        )


def known(model, field, given):
    """The keys of the rows given; what does not exist stops the command."""
    try:
        rows = model.objects.filter(**{f"{field}__in": given}).values_list(field, "pk")
        found = {str(value): pk for value, pk in rows}
    except ValidationError:  # no key at all
        found = {}
    missing = {str(one) for one in given} - set(found)
    if missing:
        raise CommandError(
            _("There is no %(what)s: %(which)s")
            % {"what": model._meta.verbose_name, "which": ", ".join(sorted(missing))}
        )
    return frozenset(found.values())


def write(path, found):
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError(_("%(file)s is there already.") % {"file": path}) from None
    rows = [(str(one.who), str(one.address), str(one.data)) for one in found]
    sheet = OutSheet("breach", [_("Who"), _("Address"), _("Data")], rows)
    with os.fdopen(descriptor, "wb") as file:
        file.write(write_tables([sheet], CSV))
