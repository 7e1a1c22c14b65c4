from django.db import migrations, models

from safetycenter.indexes import AddIndexWithoutLock


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('reports', '0028_undo_package'),
    ]

    operations = [
        AddIndexWithoutLock(
            model_name='referral',
            index=models.Index(condition=models.Q(('alarmed_at__isnull', False), ('state__in', ('sent', 'failed'))), fields=['acknowledge_by'], name='referral_silent'),
        ),
    ]
