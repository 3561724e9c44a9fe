"""What organisations are found by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="words",
            field=models.TextField(
                blank=True, help_text="What a search finds it by, pinyin initials included."
            ),
        ),
    ]
