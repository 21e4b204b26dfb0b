from django.db import migrations, models

KINDS = [
    (kind, kind) for kind in ("failed", "handed", "asked", "late", "signed_out", "key_ends", "sunset", "week")
]


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_handed")]

    operations = [
        migrations.AlterField(
            model_name=model, name="kind", field=models.CharField(choices=KINDS, max_length=12)
        )
        for model in ("notice", "preference")
    ]
