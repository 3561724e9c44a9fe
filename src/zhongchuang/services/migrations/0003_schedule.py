"""What the worker does for sign-ups by time."""

from django.db import migrations

NAME = "services: delete who signed up long ago"


def schedule(apps, schema_editor):
    """Make the schedule; a second run changes nothing."""
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=NAME,
        defaults={
            "func": "zhongchuang.services.jobs.forget_visitors", "repeats": -1, "schedule_type": "D",
        },
    )  # fmt: skip


def unschedule(apps, schema_editor):
    """Take the schedule away."""
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0002_sign_up_and_sessions_asked_for"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
