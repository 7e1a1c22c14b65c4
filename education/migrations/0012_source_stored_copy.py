import datetime

from django.db import migrations, models

LAST_DAY = datetime.date(2026, 11, 29)  # no source of a page of an app was opened live up to this day


def mark_copies(apps, schema_editor):
    apps.get_model('education', 'PlatformSource').objects.filter(checked_on__lte=LAST_DAY).update(is_stored_copy=True)


class Migration(migrations.Migration):

    dependencies = [
        ('education', '0010_easy_help_texts'),
    ]

    operations = [
        migrations.AddField(
            model_name='platformsource',
            name='is_stored_copy',
            field=models.BooleanField(db_default=False, default=False, help_text='Somebody opened the page itself? Untick it and enter that day as "checked on".', verbose_name='read as a stored copy'),
        ),
        migrations.RunPython(mark_copies, migrations.RunPython.noop),
    ]
