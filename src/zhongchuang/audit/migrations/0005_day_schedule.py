"""Every day the entries of the day before are written into a signed file."""

from django.db import migrations

NAME = "audit: write the file of the day"


def schedule(apps, schema_editor):
    """Make the schedule; a second run changes nothing."""
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=NAME,
        defaults={
            "func": "zhongchuang.audit.jobs.export_day",
            "schedule_type": "D",
            "repeats": -1,
        },
    )


def unschedule(apps, schema_editor):
    """Take the schedule away."""
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0004_where_signed_in"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
