from django.core.management.base import BaseCommand

from zhongchuang.settings import VARIABLES

HEAD = """# Configuration

Set as environment variables. An empty value means the default; a value that is not allowed stops the start.

| variable | default | allowed | meaning |
|---|---|---|---|
"""


def as_markdown(variables):
    """The table of variables; docs/configuration.md is exactly this text."""
    rows = [
        f"| `{v.name}` | {f'`{v.default}`' if v.default else ''} | {v.allowed_text} | {v.help} |"
        for v in variables
    ]
    return HEAD + "\n".join(rows) + "\n"


class Command(BaseCommand):
    help = "Print docs/configuration.md."
    requires_system_checks = []

    def handle(self, *args, **options):
        self.stdout.write(as_markdown(VARIABLES), ending="")
