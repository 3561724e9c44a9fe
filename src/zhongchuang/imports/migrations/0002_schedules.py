"""What the worker does for imports by time."""

from django.db import migrations

EVERY_MINUTE, DAILY = {"schedule_type": "I", "minutes": 1}, {"schedule_type": "D"}
JOBS = {
    "imports: take up what a stopped worker left": ("resume", EVERY_MINUTE),
    "imports: delete files whose days are over": ("expire", DAILY),
}


def schedule(apps, schema_editor):
    """Make the schedules; a second run changes nothing."""
    for name, (job, when) in JOBS.items():
        apps.get_model("django_q", "Schedule").objects.update_or_create(
            name=name,
            defaults={"func": f"zhongchuang.imports.jobs.{job}", "repeats": -1} | when,
        )


def unschedule(apps, schema_editor):
    """Take the schedules away."""
    apps.get_model("django_q", "Schedule").objects.filter(name__in=JOBS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0001_initial"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
