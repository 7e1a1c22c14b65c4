import django.db.models.deletion
from django.db import migrations, models


def alt(**more):
    return models.CharField(blank=True, help_text='Empty: taken from the library when you save.', max_length=200, verbose_name='alt text of the cover', **more)


class Migration(migrations.Migration):

    dependencies = [
        ('education', '0008_apps'),
    ]

    operations = [
        migrations.AddField(
            model_name='guide',
            name='cover',
            field=models.ForeignKey(blank=True, db_index=False, help_text='A picture of the library. Shown on the guide, and beside its link in chats. Not for sensitive ones.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='education.picture', verbose_name='cover'),
        ),
        migrations.AddField(model_name='guide', name='cover_alt', field=alt(default='', db_default='')),
        migrations.AddField(model_name='guide', name='cover_alt_ind', field=alt(default='', db_default='', null=True)),
        migrations.AddField(model_name='guide', name='cover_alt_en', field=alt(default='', db_default='', null=True)),
    ]
