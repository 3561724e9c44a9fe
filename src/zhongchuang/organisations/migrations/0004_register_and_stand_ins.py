"""Delegations end early, colleagues stand in for one another, one name counts once in a region."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_post_taken"),
    ]

    operations = [
        migrations.AddField(
            model_name="delegation",
            name="ended_on",
            field=models.DateField(help_text="The day on which it was ended early.", null=True),
        ),
        migrations.AddField(
            model_name="post",
            name="stands_in_for",
            field=models.ForeignKey(
                help_text="The post of a person who is absent; acts under this one are acts for them.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stand_ins",
                to="organisations.post",
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["registered", "id"], name="organisation_by_age"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("kind", "operator"), _negated=True), ("state", "confirmed")
                ),
                fields=("region", "kind", "name"),
                name="one_organisation_a_name_there",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stands_in_for", None), ("until__isnull", False), _connector="OR"
                ),
                name="who_stands_in_does_so_for_a_term",
            ),
        ),
    ]
