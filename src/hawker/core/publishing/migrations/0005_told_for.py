from django.db import migrations, models
from django.db.models import F, Q

from hawker.core.publishing.states import State

UNTOLD = (
    Q(state__in=[State.failed, State.late])
    | Q(state=State.unknown, look_at__isnull=True, lease_token__isnull=True)
    | Q(state=State.unknown, tries__gte=10, lease_token__isnull=True)
) & (Q(told_for__isnull=True) | ~Q(told_for=F("due_at")))


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_pauses")]

    operations = [
        migrations.AddField(model_name="delivery", name="told_for", field=models.DateTimeField(null=True)),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["workspace"], name="ledger_untold", condition=UNTOLD),
        ),
    ]
