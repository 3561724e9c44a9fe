import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from zhongchuang.audit.verification import verify, verify_archive


class Command(BaseCommand):
    requires_system_checks = []
    help = "Read the whole audit chain and report every edit, deletion, insertion, reordering and cut. Exit code 1 if it is not whole."

    def add_arguments(self, parser):
        parser.add_argument("--archive", type=Path, help="verify this archived file instead")
        parser.add_argument("--json", action="store_true", help="one JSON object, for programs")

    def handle(self, *args, **options):
        report = verify_archive(options["archive"]) if options["archive"] else verify()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report) | {"whole": report.whole}))
        else:
            self.stdout.write(in_words(report))
        if not report.whole:
            sys.exit(1)


def in_words(report):
    """The report for a person, one line a fault."""
    given = {"count": report.entries, "last": report.last, "seconds": f"{report.seconds:.1f}"}
    if report.whole:
        return (
            _("The chain is whole: %(count)s entries up to number %(last)s, read in %(seconds)s s.")
            % given
        )
    first = _("The chain is not whole: %(faults)s faults in %(count)s entries.")
    return "\n".join([first % (given | {"faults": report.count}), *(f.text for f in report.faults)])
