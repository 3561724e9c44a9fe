"""Forgetting objections that nobody confirmed, and who objected long ago, every night."""

from datetime import datetime, time, timedelta

from django.db import migrations
from django.utils import timezone

NAME = "objections: forget who objected long ago, and what nobody confirmed"


def schedule(apps, schema_editor):
    """Make the schedule; a second run changes nothing."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    first = timezone.make_aware(datetime.combine(tomorrow, time(2, 20)))
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=NAME,
        defaults={
            "func": "zhongchuang.objections.jobs.forget", "repeats": -1, "schedule_type": "D",
            "next_run": first,
        },
    )  # fmt: skip


def unschedule(apps, schema_editor):
    """Take the schedule away."""
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("objections", "0001_initial"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
