from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0019_same_named'),
    ]

    operations = [
        migrations.AlterField(
            model_name='identifierdigest',
            name='digest',
            field=models.BinaryField(max_length=32),
        ),
        migrations.AlterField(
            model_name='gateentry',
            name='digest',
            field=models.BinaryField(max_length=32),
        ),
    ]
