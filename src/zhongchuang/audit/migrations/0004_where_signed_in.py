"""Where a person signed in before is found in one step."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_schedules"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("verb__in", ["signed_in", "password_reset"])),
                fields=["user", "ip"],
                name="audit_where_signed_in",
            ),
        ),
    ]
