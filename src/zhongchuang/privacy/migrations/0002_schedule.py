"""What is no longer needed is cleared away once a day."""

from django.db import migrations

NAME = "privacy: clear away"


def schedule(apps, schema_editor):
    """Make the schedule; a second run changes nothing."""
    daily = {"schedule_type": "D", "repeats": -1}
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=NAME, defaults={"func": "zhongchuang.privacy.jobs.clear_away"} | daily
    )


def unschedule(apps, schema_editor):
    """Take the schedule away."""
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_initial"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
