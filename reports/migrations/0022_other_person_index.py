from django.db import migrations, models

from safetycenter.indexes import AddIndexWithoutLock


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('reports', '0021_other_person'),
    ]

    operations = [
        AddIndexWithoutLock(
            model_name='case',
            index=models.Index(condition=models.Q(('other_due_at__isnull', False), ('state__in', ('received', 'triage', 'quarantined', 'in_progress', 'waiting_reporter', 'escalated', 'referred'))), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_other_person'),
        ),
    ]
