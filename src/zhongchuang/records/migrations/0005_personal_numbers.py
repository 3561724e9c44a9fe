"""What was found in files, and what two people released."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("decided", models.DateTimeField(null=True)),
                ("released", models.BooleanField(default=False)),
                ("refusal", models.CharField(blank=True, max_length=500, verbose_name="reason")),
            ],
            options={
                "ordering": ["-asked", "-pk"],
                "default_permissions": [],
            },
        ),
        migrations.AddField(
            model_name="content",
            name="look",
            field=models.CharField(
                choices=[
                    ("waiting", "not yet looked through"),
                    ("clean", "no personal numbers found"),
                    ("found", "personal numbers found"),
                    ("pictures", "pictures that a person must look at"),
                    ("unreadable", "could not be looked through"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="content",
            name="personal",
            field=models.JSONField(
                help_text="Personal numbers in it: counts, places, masked; and what nobody read.",
                null=True,
            ),
        ),
        migrations.AddIndex(
            model_name="content",
            index=models.Index(
                condition=models.Q(("look", "waiting")),
                fields=["stored"],
                name="content_to_look_at",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="evidence",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="releases",
                to="records.evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided", None), ("released", True), _connector="OR"),
                fields=("evidence",),
                name="one_release_a_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="a_second_person_releases",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released", False),
                    models.Q(("decided__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_release_was_decided",
            ),
        ),
    ]
