"""What people ask about their own data."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DataRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("access", "to see what is held about me"),
                            ("copy", "a copy of it"),
                            ("correct", "to have something corrected"),
                            ("delete", "to have my account deleted"),
                        ],
                        max_length=7,
                        verbose_name="what you ask for",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="in detail")),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("due", models.DateField(verbose_name="answer due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waiting for an answer"),
                            ("done", "done"),
                            ("refused", "refused"),
                        ],
                        default="open",
                        max_length=7,
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_requests",
                        to="organisations.organisation",
                        verbose_name="department",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-made", "-pk"],
                "default_permissions": [],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("user", "kind"),
                        name="one_open_request_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"), ("answered__isnull", False), _connector="OR"
                        ),
                        name="an_answered_request_has_its_moment",
                    ),
                ],
            },
        ),
    ]
