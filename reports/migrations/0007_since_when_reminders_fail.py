from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0006_statistics_of_kinds_of_cases'),
    ]

    operations = [
        migrations.AddField(
            model_name='remindersender',
            name='failing_since',
            field=models.DateTimeField(null=True),
        ),
    ]
