from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0022_other_person_index'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='region',
            field=models.CharField(blank=True, db_default='', default='', max_length=12),
        ),
    ]
