from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('education', '0003_alt_texts_to_read'),
    ]

    operations = [
        migrations.AddField(
            model_name='revision',
            name='release',
            field=models.CharField(blank=True, db_default='', default='', max_length=20, verbose_name='release'),
        ),
        migrations.AddField(
            model_name='revision',
            name='shipped',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='revision',
            name='correction',
            field=models.JSONField(db_default={}, default=dict),
        ),
    ]
