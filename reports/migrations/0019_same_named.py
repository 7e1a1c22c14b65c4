from django.db import migrations, models

from safetycenter.indexes import AddIndexWithoutLock


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('reports', '0018_additions'),
    ]

    operations = [
        AddIndexWithoutLock(
            model_name='identifierdigest',
            index=models.Index(fields=['digest', 'case'], name='same_mark'),
        ),
        AddIndexWithoutLock(
            model_name='gateentry',
            index=models.Index(condition=models.Q(('strict', True)), fields=['digest', 'case'], name='same_strict_entry'),
        ),
    ]
