from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from zhongchuang.audit.actions import archive


class Command(BaseCommand):
    help = "Move the entries whose days are over (ZHONGCHUANG_AUDIT_DAYS) into a file in audit-archive/ of the data folder."
    requires_system_checks = []

    def handle(self, *args, **options):
        entry = archive(by=None)
        if entry is None:
            self.stdout.write(_("No entry is old enough yet."))
        else:
            told = entry.values["new"] | {"file": entry.subject_key}
            self.stdout.write(_("Entries %(from)s to %(until)s were moved to %(file)s.") % told)
