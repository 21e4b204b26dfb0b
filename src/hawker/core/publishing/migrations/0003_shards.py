from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SHARDS = 64


def spread(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    deliveries = apps.get_model("publishing", "Delivery").objects
    for channel in deliveries.order_by().values_list("channel_id", flat=True).distinct():
        deliveries.filter(channel_id=channel).update(shard=channel.int % SHARDS)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0002_ledger_post")]

    operations = [
        migrations.RemoveField("delivery", "fingerprint"),
        migrations.AddField("delivery", "shard", models.PositiveSmallIntegerField(default=0)),
        migrations.RunPython(spread, migrations.RunPython.noop),
    ]
