from unicodedata import east_asian_width

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zhongchuang.page.refusal import Refused
from zhongchuang.spaces import demonstration
from zhongchuang.spaces.demonstration import SPACES


class Command(BaseCommand):
    help = "Fill an empty database with an invented part of the country, and print sign-ins."

    def add_arguments(self, parser):
        parser.add_argument("--spaces", type=int, default=SPACES, help="how many spaces")
        how = parser.add_mutually_exclusive_group()
        how.add_argument(
            "--passwords", action="store_true", help="only give and print new passwords"
        )
        how.add_argument(
            "--if-needed", action="store_true", help="do what is not done yet, if anything"
        )

    def handle(self, *args, **options):
        try:
            self.carry_out(**options)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def carry_out(self, *, spaces, passwords, if_needed, **_options):
        empty = demonstration.is_empty()
        if if_needed and not (empty or demonstration.nobody_signed_in_yet()):
            return
        new = demonstration.new_passwords()
        try:
            if not passwords and (empty or not if_needed):
                self.stdout.write(
                    _(
                        "Writing the demonstration into the empty database (once, about a minute; Ctrl-C leaves it empty):"
                    )
                )
                demonstration.fill(spaces=spaces, progress=self.tell)
            table = demonstration.give_passwords(new)
        finally:
            new.forget()
        self.show(table)

    def tell(self, text):
        self.stdout.write(f"  {text}")
        self.stdout.flush()

    def show(self, table):
        """The table of sign-ins, once: nowhere is a password kept that could be printed again."""
        heads = (_("Role"), _("Where"), _("E-mail"), _("Password"))
        rows = [heads, *((one.role, one.where, one.email, one.password) for one in table)]
        widths = [max(map(wide, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = [
                text + " " * (width - wide(text)) for text, width in zip(row, widths, strict=True)
            ]
            self.stdout.write("  ".join(cells).rstrip())
        self.stdout.write(_("Shown only now. New passwords: python dev.py run --new-passwords"))


def wide(text):
    """How many places a text takes in a terminal; a Chinese sign takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
