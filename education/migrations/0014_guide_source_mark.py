from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('education', '0013_app_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='guidesource',
            name='mark',
            field=models.CharField(blank=True, choices=[('official', 'official page'), ('press', 'press'), ('secondary', 'other source')], db_default='', default='', help_text='Official: an authority, an app or a reporting tool about itself, on its own site. Press: news. Other: everyone else, such as aid organisations, law firms, blogs and copies of laws.', max_length=10, verbose_name='kind of source'),
        ),
        migrations.AlterField(
            model_name='platformsource',
            name='mark',
            field=models.CharField(choices=[('official', 'official page'), ('press', 'press'), ('secondary', 'other source')], help_text='Official: an authority, an app or a reporting tool about itself, on its own site. Press: news. Other: everyone else, such as aid organisations, law firms, blogs and copies of laws.', max_length=10, verbose_name='kind of source'),
        ),
    ]
