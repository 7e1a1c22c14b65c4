from django.db import migrations, models

from safetycenter.indexes import AddIndexWithoutLock


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('reports', '0030_misuse'),
    ]

    operations = [
        AddIndexWithoutLock(
            model_name='case',
            index=models.Index(condition=models.Q(('misuse_confirmed_at', None), ('misuse_noted_by__isnull', False), models.Q(('state', 'purged'), _negated=True)), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_misuse'),
        ),
        AddIndexWithoutLock(
            model_name='case',
            index=models.Index(condition=models.Q(('erasure_approved', False), ('erasure_needs_lead', True), ('hold', False), ('withdraw_at__isnull', False), models.Q(('state', 'purged'), _negated=True)), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_to_decide'),
        ),
        AddIndexWithoutLock(
            model_name='datarequest',
            index=models.Index(condition=models.Q(('ended_at', None), ('kind', 'stop'), models.Q(('answer', 'refused'), _negated=True)), fields=['case'], name='data_request_pause'),
        ),
        AddIndexWithoutLock(
            model_name='case',
            index=models.Index(condition=models.Q(('hold', True), models.Q(('state', 'purged'), _negated=True)), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_held'),
        ),
    ]
