from django.db import migrations, models
from django.db.models import F, Q

STATES = (
    *("scheduled", "preparing", "ready", "handed", "sending", "published", "failed", "unknown"),
    *("held", "cancelled", "needs_sign_in", "late", "removed"),
)
UNTOLD = (
    Q(state__in=["failed", "late", "handed"])
    | Q(state="unknown", look_at__isnull=True, lease_token__isnull=True)
    | Q(state="unknown", tries__gte=10, lease_token__isnull=True)
) & (Q(told_for__isnull=True) | ~Q(told_for=F("due_at")))


class Migration(migrations.Migration):
    dependencies = [("publishing", "0007_messages")]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[(state, state) for state in STATES], default="scheduled", max_length=16
            ),
        ),
        migrations.RemoveIndex(model_name="delivery", name="ledger_untold"),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["workspace"], name="ledger_untold", condition=UNTOLD),
        ),
    ]
