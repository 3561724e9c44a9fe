"""What the worker does for letters and files by time."""

from django.db import migrations

EVERY_MINUTE, HOURLY = {"schedule_type": "I", "minutes": 1}, {"schedule_type": "H"}
JOBS = {
    "records: send letters that are due": ("deliver_due", EVERY_MINUTE),
    "records: scan files that wait": ("scan_waiting", EVERY_MINUTE),
    "records: clear away": ("sweep", HOURLY),
}


def schedule(apps, schema_editor):
    """Make the schedules; a second run changes nothing."""
    for name, (job, when) in JOBS.items():
        apps.get_model("django_q", "Schedule").objects.update_or_create(
            name=name,
            defaults={"func": f"zhongchuang.records.jobs.{job}", "repeats": -1} | when,
        )


def unschedule(apps, schema_editor):
    """Take the schedules away."""
    apps.get_model("django_q", "Schedule").objects.filter(name__in=JOBS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_initial"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
