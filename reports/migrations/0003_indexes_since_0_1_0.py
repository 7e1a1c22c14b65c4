"""Indexes of tables that 0.1.0 had: built while people go on working. Afterwards the two that others replace are removed."""

from django.db import migrations, models

from safetycenter.indexes import AddIndexWithoutLock
from safetycenter.migrating import Together


class Migration(migrations.Migration):

    atomic = False

    replaces = [
        ('reports', '0019_same_named'),
        ('reports', '0020_one_index_of_digests'),
        ('reports', '0022_other_person_index'),
        ('reports', '0024_region_indexes'),
        ('reports', '0029_referral_silent'),
        ('reports', '0031_desk_views'),
    ]

    dependencies = [
        ('reports', '0002_changes_since_0_1_0'),
    ]

    operations = [
        Together(
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('refer_alarmed_at', None), ('refer_due_at__isnull', False), ('refer_decided_at', None), ('state__in', ('received', 'triage', 'quarantined', 'in_progress', 'waiting_reporter', 'escalated', 'referred', 'resolved'))), fields=['refer_due_at'], name='case_time_to_refer'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('offered_to__isnull', False)), fields=['offered_to'], name='case_offered'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('state__in', ('received', 'triage', 'quarantined', 'in_progress', 'waiting_reporter', 'escalated', 'referred'))), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_queue'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('state__in', ('received', 'triage', 'escalated'))), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_waiting'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('unread_reply', True), models.Q(('state', 'purged'), _negated=True)), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_unread'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('overdue', True), models.Q(('state', 'purged'), _negated=True)), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_overdue'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('state', 'escalated')), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_escalated'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('state', 'resolved')), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_to_close'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('state', 'quarantined')), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_quarantined'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('times_returned__gte', 2), models.Q(('state', 'purged'), _negated=True)), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_returned'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('withheld', True), models.Q(('state', 'purged'), _negated=True)), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_withheld'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('state', 'resolved'), models.Q(('tier', 0), ('restricted', True), _connector='OR')), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_second_person'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('last_handler__isnull', False), ('state__in', ('received', 'triage', 'quarantined', 'in_progress', 'waiting_reporter', 'escalated', 'referred'))), fields=['last_handler', 'tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_handled_before'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('refer_alarmed_at__isnull', False), ('refer_decided_at', None), ('state__in', ('received', 'triage', 'quarantined', 'in_progress', 'waiting_reporter', 'escalated', 'referred', 'resolved'))), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_refer_late'),
            ),
            AddIndexWithoutLock(
                model_name='event',
                index=models.Index(condition=models.Q(('by__isnull', False)), fields=['by', 'at'], name='event_by_at'),
            ),
            AddIndexWithoutLock(
                model_name='event',
                index=models.Index(fields=['action', 'at'], name='event_action'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('suspected_material_at__isnull', False)), fields=['suspected_material_at'], name='case_locked'),
            ),
            AddIndexWithoutLock(
                model_name='evidence',
                index=models.Index(condition=models.Q(('hash_digest', None), _negated=True), fields=['hash_digest'], name='evidence_hash'),
            ),
            AddIndexWithoutLock(
                model_name='evidence',
                index=models.Index(condition=models.Q(('hash_digest', None)), fields=['added_at'], name='evidence_unhashed'),
            ),
            AddIndexWithoutLock(
                model_name='identifierdigest',
                index=models.Index(fields=['digest', 'case'], name='same_mark'),
            ),
            AddIndexWithoutLock(
                model_name='gateentry',
                index=models.Index(condition=models.Q(('strict', True)), fields=['digest', 'case'], name='same_strict_entry'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('other_due_at__isnull', False), ('state__in', ('received', 'triage', 'quarantined', 'in_progress', 'waiting_reporter', 'escalated', 'referred'))), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_other_person'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('region', ''), _negated=True), fields=['received_at', 'category', 'age_band', 'region', 'restricted', 'withheld'], name='case_region_received'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('misuse_confirmed_at', None), ('misuse_noted_by__isnull', False), models.Q(('state', 'purged'), _negated=True)), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_misuse'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('erasure_approved', False), ('erasure_needs_lead', True), ('hold', False), ('withdraw_at__isnull', False), models.Q(('state', 'purged'), _negated=True)), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_to_decide'),
            ),
            AddIndexWithoutLock(
                model_name='case',
                index=models.Index(condition=models.Q(('hold', True), models.Q(('state', 'purged'), _negated=True)), fields=['tier', 'queue_key_at', 'id', 'restricted', 'withheld', 'state', 'category', 'language', 'platform', 'team'], name='case_held'),
            ),
        ),
        Together(
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
            atomic=True,
        ),
    ]
