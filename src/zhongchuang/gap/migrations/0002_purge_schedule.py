"""Expired uploads are deleted every hour."""

from django.db import migrations

NAME = "gap: purge uploads"


def schedule(apps, schema_editor):
    """Make the schedule; a second run changes nothing."""
    apps.get_model("django_q", "Schedule").objects.get_or_create(
        name=NAME,
        defaults={
            "func": "zhongchuang.gap.jobs.purge_uploads",
            "schedule_type": "H",
            "repeats": -1,
        },
    )


def unschedule(apps, schema_editor):
    """Take the schedule away."""
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("gap", "0001_initial"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
