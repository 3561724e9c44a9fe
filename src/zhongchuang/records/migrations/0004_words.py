"""What evidence is found by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="words",
            field=models.TextField(
                blank=True, help_text="What a search finds it by, pinyin initials included."
            ),
        ),
    ]
