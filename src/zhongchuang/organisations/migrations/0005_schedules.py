"""Accounts that nobody used for long are closed every day (M-02)."""

from django.db import migrations

NAME = "organisations: close unused accounts"


def schedule(apps, schema_editor):
    """Make the schedule; a second run changes nothing."""
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=NAME,
        defaults={
            "func": "zhongchuang.organisations.jobs.close_unused_accounts",
            "schedule_type": "D",
            "repeats": -1,
        },
    )


def unschedule(apps, schema_editor):
    """Take the schedule away."""
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_register_and_stand_ins"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
