"""The head of the audit chain is noted every hour, and the chain verified every day."""

from django.db import migrations

JOBS = {"audit: note the head": ("anchor_head", "H"), "audit: verify": ("verify_chain", "D")}


def schedule(apps, schema_editor):
    """Make the schedules; a second run changes nothing."""
    for name, (job, when) in JOBS.items():
        apps.get_model("django_q", "Schedule").objects.update_or_create(
            name=name,
            defaults={
                "func": f"zhongchuang.audit.jobs.{job}",
                "schedule_type": when,
                "repeats": -1,
            },
        )


def unschedule(apps, schema_editor):
    """Take the schedules away."""
    apps.get_model("django_q", "Schedule").objects.filter(name__in=JOBS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
