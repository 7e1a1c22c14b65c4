from django.db import migrations, models

from safetycenter.indexes import AddIndexWithoutLock


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('reports', '0023_region'),
    ]

    operations = [
        AddIndexWithoutLock(
            model_name='case',
            index=models.Index(condition=models.Q(('region', ''), _negated=True), fields=['received_at', 'category', 'age_band', 'region', 'restricted', 'withheld'], name='case_region_received'),
        ),
    ]
