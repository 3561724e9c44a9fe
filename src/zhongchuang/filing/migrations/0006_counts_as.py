"""A title keeps what it counts as where rules ask for titles; those on record are filled from the packs in folders."""

import django.db.models.deletion
from django.db import migrations, models

import zhongchuang.filing.models.titles
from zhongchuang.gap.packs import own_packs


def fill(apps, schema_editor):
    """By pack and kind of title. Packs kept in the database do not say it yet: they were written before packs could."""
    held = apps.get_model("filing", "Title").objects.using(schema_editor.connection.alias)
    kinds = set(held.order_by().values_list("pack", "kind").distinct())
    packs = own_packs() if kinds else {}
    for id_, kind in sorted(kinds):
        courses = packs[id_].procedures.values() if id_ in packs else ()
        codes = {one.gives.counted for one in courses if one.gives and one.gives.id == kind}
        if len(codes) == 1:
            held.filter(pack=id_, kind=kind).update(counts_as=codes.pop())


def leave(apps, schema_editor):
    """The column goes with what it holds."""


class Migration(migrations.Migration):
    dependencies = [
        ("filing", "0005_reviews"),
    ]

    operations = [
        migrations.AddField(
            model_name="title",
            name="counts_as",
            field=models.CharField(
                blank=True,
                choices=zhongchuang.filing.models.titles.kinds_at_levels,
                help_text="The title of the catalogue that it is where rules ask for titles, as its own rules said on the day.",
                max_length=60,
                verbose_name="counts as",
            ),
        ),
        migrations.AlterField(
            model_name="ban",
            name="cite",
            field=models.CharField(max_length=60, verbose_name="article"),
        ),
        migrations.AlterField(
            model_name="ban",
            name="reason",
            field=models.CharField(
                blank=True,
                help_text="Of a ban from before the platform, which has no title.",
                max_length=1000,
                verbose_name="reason",
            ),
        ),
        migrations.AlterField(
            model_name="ban",
            name="title",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bans",
                to="filing.title",
                verbose_name="revoked title",
            ),
        ),
        migrations.AlterField(
            model_name="ban",
            name="until",
            field=models.DateField(
                help_text="The first day on which it no longer holds.",
                null=True,
                verbose_name="no longer from",
            ),
        ),
        migrations.AlterField(
            model_name="title",
            name="ended_on",
            field=models.DateField(
                help_text="The day on which it was ended early.", null=True, verbose_name="ended on"
            ),
        ),
        migrations.AlterField(
            model_name="title",
            name="until",
            field=models.DateField(
                help_text="The first day on which it no longer holds.",
                null=True,
                verbose_name="no longer from",
            ),
        ),
        migrations.RunPython(fill, leave),
    ]
