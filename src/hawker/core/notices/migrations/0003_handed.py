from django.db import migrations, models

KINDS = [(kind, kind) for kind in ("failed", "handed", "asked", "late", "signed_out", "sunset", "week")]


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_sunset")]

    operations = [
        migrations.AlterField(
            model_name=model, name="kind", field=models.CharField(choices=KINDS, max_length=12)
        )
        for model in ("notice", "preference")
    ]
