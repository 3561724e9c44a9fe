import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from zhongchuang.sealed import actions, keys


class Command(BaseCommand):
    help = "Write every encrypted value with the newest key and today's algorithms. May be stopped and run again; the site may go on working."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--new", action="store_true", help="first make a new key in the file of the data folder"
        )

    def handle(self, *args, **options):
        if options["new"]:
            keys.add()
        done, broken = 0, 0
        for field in actions.sealed_fields():
            count, faults = actions.rotate(field, tell=self.teller(field))
            done, broken = done + count, broken + len(faults)
            for pk in faults:
                self.stderr.write(
                    _("%(column)s of row %(pk)s cannot be read.")
                    % {"column": field.context, "pk": pk}
                )
        actions.note_rotation(key=keys.newest(), done=done, broken=broken)
        given = {"done": done, "key": keys.newest(), "broken": broken}
        self.stdout.write(
            _(
                "%(done)s values were written with key %(key)s; %(broken)s cannot be read. Older keys are needed for backups alone."
            )
            % given
        )
        if broken:
            sys.exit(1)

    def teller(self, field):
        """Tells after each batch how far it came."""
        return lambda count: self.stdout.write(f"{field.context}: {count}")
