from django.db import migrations, models

import hawker.core.rows


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_week_told"),
    ]

    operations = [
        migrations.CreateModel(
            name="Installation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hawker.core.rows.row_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("proof", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
