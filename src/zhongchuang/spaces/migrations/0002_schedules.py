"""What the worker does for the register each day, right after midnight."""

from datetime import datetime, time, timedelta

from django.db import migrations
from django.utils import timezone

JOBS = {
    "spaces: bring the register in step with today": "refresh_lines",
    "spaces: remind of leases that end": "remind_of_leases",
}


def schedule(apps, schema_editor):
    """Make the schedules; a second run changes nothing."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    first = timezone.make_aware(datetime.combine(tomorrow, time(0, 5)))
    for name, job in JOBS.items():
        apps.get_model("django_q", "Schedule").objects.update_or_create(
            name=name,
            defaults={
                "func": f"zhongchuang.spaces.jobs.{job}", "repeats": -1, "schedule_type": "D",
                "next_run": first,
            },
        )  # fmt: skip


def unschedule(apps, schema_editor):
    """Take the schedules away."""
    apps.get_model("django_q", "Schedule").objects.filter(name__in=JOBS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("spaces", "0001_initial"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
