"""Files that wait to be looked through are looked for each minute."""

from django.db import migrations

NAME = "records: look through files that wait"


def schedule(apps, schema_editor):
    """Make the schedule; a second run changes nothing."""
    when = {"schedule_type": "I", "minutes": 1, "repeats": -1}
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=NAME, defaults={"func": "zhongchuang.records.jobs.look_through_waiting"} | when
    )


def unschedule(apps, schema_editor):
    """Take the schedule away."""
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [("records", "0005_personal_numbers")]
    operations = [migrations.RunPython(schedule, unschedule)]
