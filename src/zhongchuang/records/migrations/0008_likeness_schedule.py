"""What older pictures look like is written down at night, before the look for signs."""

from datetime import datetime, time, timedelta

from django.db import migrations
from django.utils import timezone

NAME = "records: tell what older pictures look like"


def schedule(apps, schema_editor):
    """Make the schedule; a second run changes nothing."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    first = timezone.make_aware(datetime.combine(tomorrow, time(0, 30)))
    when = {"schedule_type": "D", "repeats": -1, "next_run": first}
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=NAME, defaults={"func": "zhongchuang.records.jobs.tell_likenesses"} | when
    )


def unschedule(apps, schema_editor):
    """Take the schedule away."""
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [("records", "0007_likeness")]
    operations = [migrations.RunPython(schedule, unschedule)]
