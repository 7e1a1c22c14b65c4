"""The sentence beside the limits of a day says which cases a limit does not keep away. No column changes."""

from django.core.validators import MinValueValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_since_when_reminders_fail")]

    operations = [
        migrations.AlterField(
            model_name="desksettings",
            name="pictures",
            field=models.PositiveSmallIntegerField(
                default=40,
                help_text=(
                    "Each page of an opened file counts. “Take next” assigns no further case that day to a person who "
                    "has reached a limit, except urgent ones (P0 and P1). The first numbers are not based on research: "
                    "talk about them in the team."
                ),
                validators=[MinValueValidator(1)],
                verbose_name="pictures a day",
            ),
        )
    ]
