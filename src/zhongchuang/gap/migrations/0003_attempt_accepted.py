"""Attempts tell whether their file was taken: an office that mends its spreadsheet is not locked out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gap", "0002_purge_schedule")]
    operations = [
        migrations.AddField("attempt", "accepted", models.BooleanField(default=False)),
    ]
