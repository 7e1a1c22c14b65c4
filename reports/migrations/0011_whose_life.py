"""Reply templates and checklist items say whose life they speak of; the shipped ones for the person at risk are marked."""

from django.db import migrations, models
from django.db.migrations.state import StateApps

HELP = "Where a life may be at risk, a friend who writes about somebody else gets other words than the person at risk. Empty: offered to both, and filled in first only for the person it happened to."
SHIPPED = {"ReplyTemplate": "check-in", "ChecklistItem": "life-near"}


def mark_shipped(apps: StateApps, editor: object) -> None:
    for name, key in SHIPPED.items():
        apps.get_model("reports", name).objects.filter(key=key).update(life="own")


class Migration(migrations.Migration):
    dependencies = [("reports", "0010_index_of_lost_files")]

    operations = [
        *(
            migrations.AddField(
                model_name=name.lower(),
                name="life",
                field=models.CharField(
                    "whose life",
                    blank=True,
                    choices=[("own", "only the reporter's own"), ("other", "only somebody else's")],
                    db_default="",
                    default="",
                    help_text=HELP,
                    max_length=5,
                ),
            )
            for name in SHIPPED
        ),
        migrations.RunPython(mark_shipped, migrations.RunPython.noop),
    ]
