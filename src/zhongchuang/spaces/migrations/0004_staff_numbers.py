from django.db import migrations

import zhongchuang.sealed.fields


class Migration(migrations.Migration):
    dependencies = [
        ("spaces", "0003_plan"),
    ]

    operations = [
        migrations.AddField(
            model_name="staffmember",
            name="identity_index",
            field=zhongchuang.sealed.fields.BlindIndex(
                blank=True, db_index=True, editable=False, max_length=80, of="identity_number"
            ),
        ),
        migrations.AddField(
            model_name="staffmember",
            name="identity_number",
            field=zhongchuang.sealed.fields.EncryptedText(
                blank=True, mask="identity", verbose_name="identity number"
            ),
        ),
        migrations.AddField(
            model_name="staffmember",
            name="mobile",
            field=zhongchuang.sealed.fields.EncryptedText(
                blank=True, mask="phone", verbose_name="mobile telephone"
            ),
        ),
    ]
