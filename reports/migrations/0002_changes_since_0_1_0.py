"""All changes of reports and the desk between 0.1.0 and the release after it, but for indexes of old tables."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from safetycenter.migrating import Together

WHERE_IT_WAS, WHERE_IT_IS = {"group": "me", "order": 30}, {"group": "money", "order": 125}


def make_the_row(apps, schema_editor):
    """Make the one row of settings, which supervisors change."""
    apps.get_model("reports", "DeskSettings").objects.get_or_create(pk=1)


def move_posted_data(apps, schema_editor):
    """Move "doxxing" beside accounts, so that each group has three to six; not where somebody has moved it before."""
    apps.get_model("reports", "Category").objects.filter(pk="doxxing", **WHERE_IT_WAS).update(**WHERE_IT_IS)


class Migration(migrations.Migration):

    replaces = [
        ('reports', '0002_desk_assignment'),
        ('reports', '0003_statistics'),
        ('reports', '0004_breach'),
        ('reports', '0005_referral'),
        ('reports', '0006_queue_views'),
        ('reports', '0007_conflict_and_outcome'),
        ('reports', '0008_checklists'),
        ('reports', '0009_teams'),
        ('reports', '0010_care_for_moderators'),
        ('reports', '0011_proof'),
        ('reports', '0012_custody_and_own_views'),
        ('reports', '0013_wind_down'),
        ('reports', '0014_second_look'),
        ('reports', '0015_known_files'),
        ('reports', '0016_flood'),
        ('reports', '0017_reminders'),
        ('reports', '0018_additions'),
        ('reports', '0021_other_person'),
        ('reports', '0023_region'),
        ('reports', '0025_sent_file'),
        ('reports', '0026_staff_alarm'),
        ('reports', '0027_bounce_mark'),
        ('reports', '0028_undo_package'),
        ('reports', '0030_misuse'),
        ('reports', '0032_formal_replies'),
        ('reports', '0034_on_call_kinds'),
        ('reports', '0035_form_groups_and_checklists'),
        ('reports', '0036_first_look'),
    ]

    dependencies = [
        ('reports', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='Recusal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='reports.case')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('reason', models.BinaryField(null=True)),
                    ('reason_key_id', models.CharField(blank=True, db_default='', default='', max_length=16)),
                    ('revocable', models.BooleanField(db_default=False, default=False)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.UniqueConstraint(fields=('person', 'case'), name='one_recusal_a_person')],
                },
            ),
            migrations.CreateModel(
                name='Undo',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField()),
                    ('columns', models.JSONField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='undo', to='reports.case')),
                    ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reports.message')),
                    ('package', models.JSONField(null=True)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='TallyCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('counting_since', models.DateTimeField(default=django.utils.timezone.now)),
                    ('last_event', models.BigIntegerField(default=0)),
                    ('checked_at', models.DateTimeField(null=True)),
                    ('differences', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='QuarterFigures',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                    ('quarter', models.PositiveSmallIntegerField(verbose_name='quarter')),
                    ('figures', models.JSONField(verbose_name='figures')),
                    ('published_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='published')),
                ],
                options={
                    'verbose_name': 'figures of a quarter',
                    'verbose_name_plural': 'figures of the quarters',
                    'ordering': ['-year', '-quarter'],
                    'default_permissions': ('view',),
                    'constraints': [models.UniqueConstraint(fields=('year', 'quarter'), name='one_row_a_quarter')],
                },
            ),
            migrations.CreateModel(
                name='FigureCorrection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('made_on', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='date')),
                    ('text', models.TextField(help_text='Which figure was wrong, what is right, and why. Everybody can read it. Give no number under 5.', max_length=1000, validators=[django.core.validators.MinLengthValidator(20)], verbose_name='correction')),
                    ('text_ind', models.TextField(help_text='Which figure was wrong, what is right, and why. Everybody can read it. Give no number under 5.', max_length=1000, null=True, validators=[django.core.validators.MinLengthValidator(20)], verbose_name='correction')),
                    ('text_en', models.TextField(help_text='Which figure was wrong, what is right, and why. Everybody can read it. Give no number under 5.', max_length=1000, null=True, validators=[django.core.validators.MinLengthValidator(20)], verbose_name='correction')),
                    ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('quarter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='reports.quarterfigures', verbose_name='figures of a quarter')),
                ],
                options={
                    'verbose_name': 'correction of figures',
                    'verbose_name_plural': 'corrections of figures',
                    'ordering': ['made_on', 'pk'],
                    'default_permissions': ('view', 'add'),
                },
            ),
            migrations.CreateModel(
                name='Tally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('measure', models.CharField(choices=[('stock', 'Stock'), ('waiting', 'Waiting'), ('held', 'Held'), ('received', 'Received'), ('promised', 'Promised'), ('kept', 'Kept'), ('late', 'Late'), ('answered', 'Answered'), ('first_look', 'First Look'), ('first_word', 'First Word'), ('resolved', 'Resolved'), ('closed', 'Closed'), ('done', 'Done'), ('reopened', 'Reopened'), ('withdrawn', 'Withdrawn'), ('objection', 'Objection'), ('reviewed', 'Reviewed'), ('erased', 'Erased'), ('opened', 'Opened')], max_length=10)),
                    ('day', models.DateField(null=True)),
                    ('value', models.CharField(default='', max_length=20)),
                    ('slot', models.PositiveSmallIntegerField(null=True)),
                    ('tier', models.PositiveSmallIntegerField(null=True)),
                    ('age_band', models.CharField(choices=[('under_13', 'under 13'), ('13_15', '13–15'), ('16_17', '16–17'), ('adult', '18 or over'), ('unknown', 'age not known')], default='', max_length=10)),
                    ('category', models.CharField(default='', max_length=40)),
                    ('kind', models.CharField(choices=[('ordinary', 'Ordinary'), ('restricted', 'Restricted'), ('withheld', 'Withheld')], max_length=10)),
                    ('number', models.IntegerField()),
                    ('stage', models.PositiveSmallIntegerField(choices=[(0, 'New'), (1, 'Folded'), (2, 'Opening')], default=0)),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                    'indexes': [models.Index(fields=['measure', 'day', 'tier', 'kind'], name='tally_measure'), models.Index(condition=models.Q(('stage', 0)), fields=['id'], name='tally_new')],
                },
            ),
            migrations.CreateModel(
                name='Breach',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('known_at', models.DateTimeField(help_text='The 3×24 hours begin at this time.', verbose_name='known since')),
                    ('what', models.TextField(help_text='For the register. Name no reporter and no case.', verbose_name='what happened')),
                    ('told_authority_at', models.DateTimeField(blank=True, null=True, verbose_name='authority told')),
                    ('notice', models.TextField(help_text='Everyone who opens a report with a code reads it: what data, when and how they were disclosed, and what we do. Publish it as news too. Fill in each [gap].', verbose_name='notice to those concerned')),
                    ('notice_ind', models.TextField(help_text='Everyone who opens a report with a code reads it: what data, when and how they were disclosed, and what we do. Publish it as news too. Fill in each [gap].', null=True, verbose_name='notice to those concerned')),
                    ('notice_en', models.TextField(help_text='Everyone who opens a report with a code reads it: what data, when and how they were disclosed, and what we do. Publish it as news too. Fill in each [gap].', null=True, verbose_name='notice to those concerned')),
                    ('notice_from', models.DateTimeField(blank=True, null=True, verbose_name='notice shown from')),
                    ('notice_until', models.DateTimeField(blank=True, null=True, verbose_name='notice shown until')),
                    ('repair', models.TextField(blank=True, verbose_name='how it was repaired')),
                    ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'data breach',
                    'verbose_name_plural': 'data breaches',
                    'ordering': ['-known_at'],
                    'default_permissions': ('view', 'add', 'change'),
                },
            ),
            migrations.CreateModel(
                name='Agency',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(help_text='Recorded in the audit log.', max_length=40, unique=True, verbose_name='key')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('name_ind', models.CharField(max_length=120, null=True, verbose_name='name')),
                    ('name_en', models.CharField(max_length=120, null=True, verbose_name='name')),
                    ('agreement', models.CharField(choices=[('none', 'None'), ('contact', 'In contact'), ('written', 'Written agreement')], default='none', max_length=10, verbose_name='agreement')),
                    ('agreed_on', models.DateField(blank=True, null=True, verbose_name='date of the agreement')),
                    ('accepted_fields', models.JSONField(blank=True, default=list, verbose_name='accepted facts')),
                    ('legal_bases', models.JSONField(blank=True, default=list, verbose_name='accepted legal bases')),
                    ('hours_to_acknowledge', models.PositiveSmallIntegerField(default=24, help_text='After this time without a receipt the lead is alarmed.', verbose_name='hours to acknowledge')),
                    ('connector', models.CharField(default='by_hand', max_length=20, verbose_name='handed over')),
                    ('how_to_report', models.TextField(blank=True, help_text='Part of the self-report sheet. Do not name the harm: the person reading may not be the reporter.', max_length=1000, verbose_name='how to report there oneself')),
                    ('how_to_report_ind', models.TextField(blank=True, help_text='Part of the self-report sheet. Do not name the harm: the person reading may not be the reporter.', max_length=1000, null=True, verbose_name='how to report there oneself')),
                    ('how_to_report_en', models.TextField(blank=True, help_text='Part of the self-report sheet. Do not name the harm: the person reading may not be the reporter.', max_length=1000, null=True, verbose_name='how to report there oneself')),
                    ('active', models.BooleanField(default=True, verbose_name='in use')),
                    ('categories', models.ManyToManyField(blank=True, help_text='Reports of these categories are accepted. Empty: of all.', related_name='+', to='reports.category', verbose_name='categories')),
                ],
                options={
                    'verbose_name': 'agency',
                    'verbose_name_plural': 'agencies',
                    'ordering': ['key'],
                    'default_permissions': ('view', 'add', 'change'),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agreement', 'written'), _negated=True), ('agreed_on__isnull', False), _connector='OR'), name='written_agreement_has_a_date')],
                },
            ),
            migrations.CreateModel(
                name='Referral',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('basis', models.CharField(choices=[('vital', 'Vital interest: a life or a child is in danger'), ('public', 'Public interest: a duty under the law'), ('consent', 'Consent of an adult reporter')], max_length=10)),
                    ('state', models.CharField(choices=[('prepared', 'Prepared, a second person must approve it'), ('approved', 'Approved, not handed over yet'), ('sent', 'Handed over, not acknowledged yet'), ('failed', 'Failed, to be tried again'), ('acknowledged', 'Acknowledged by the agency')], default='prepared', max_length=15)),
                    ('fields', models.JSONField()),
                    ('prepared_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('approved_at', models.DateTimeField(null=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('acknowledge_by', models.DateTimeField(null=True)),
                    ('acknowledged_at', models.DateTimeField(null=True)),
                    ('receipt', models.CharField(blank=True, max_length=80)),
                    ('alarmed_at', models.DateTimeField(null=True)),
                    ('manifest_digest', models.CharField(max_length=64)),
                    ('sealed', models.BinaryField()),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.agency')),
                    ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrals', to='reports.case')),
                    ('key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrals', to='reports.noteskey')),
                    ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['prepared_at', 'id'],
                    'default_permissions': (),
                    'indexes': [models.Index(condition=models.Q(('alarmed_at', None), ('state__in', ('sent', 'failed'))), fields=['acknowledge_by'], name='referral_unacknowledged'), models.Index(condition=models.Q(('state', 'prepared')), fields=['prepared_at'], name='referral_to_approve'), models.Index(condition=models.Q(('alarmed_at__isnull', False), ('state__in', ('sent', 'failed'))), fields=['acknowledge_by'], name='referral_silent')],
                },
            ),
            migrations.CreateModel(
                name='ChecklistItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=40, unique=True, verbose_name='key')),
                    ('kind', models.CharField(choices=[('say', 'Say'), ('ask', 'Ask'), ('do', 'Do'), ('helpline', 'Helpline'), ('guide', 'Guide'), ('refer', 'Refer')], max_length=10, verbose_name='kind')),
                    ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                    ('title', models.CharField(max_length=200, verbose_name='what to do')),
                    ('title_ind', models.CharField(max_length=200, null=True, verbose_name='what to do')),
                    ('title_en', models.CharField(max_length=200, null=True, verbose_name='what to do')),
                    ('text', models.TextField(blank=True, help_text='One press puts it into the reply. Do not name the harm: the person reading may not be the reporter. {helpline} becomes the name and the numbers of the helpline, {ways} the numbers only, {guide} the neutral address of the guide.', max_length=1000, verbose_name='text for the reply')),
                    ('text_ind', models.TextField(blank=True, help_text='One press puts it into the reply. Do not name the harm: the person reading may not be the reporter. {helpline} becomes the name and the numbers of the helpline, {ways} the numbers only, {guide} the neutral address of the guide.', max_length=1000, null=True, verbose_name='text for the reply')),
                    ('text_en', models.TextField(blank=True, help_text='One press puts it into the reply. Do not name the harm: the person reading may not be the reporter. {helpline} becomes the name and the numbers of the helpline, {ways} the numbers only, {guide} the neutral address of the guide.', max_length=1000, null=True, verbose_name='text for the reply')),
                    ('helpline', models.SlugField(blank=True, max_length=60, verbose_name='helpline')),
                    ('guide', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='guide')),
                    ('certainty', models.CharField(choices=[('rule', 'our own rule'), ('several', 'two or more sources agree'), ('one', 'one source'), ('doubtful', 'old or doubtful, check before use')], default='rule', max_length=10, verbose_name='how sure it is')),
                    ('source', models.URLField(blank=True, max_length=500, verbose_name='source')),
                    ('dated', models.CharField(blank=True, max_length=30, verbose_name='date on the source')),
                    ('checked_on', models.DateField(blank=True, help_text='The day a staff member opened the source and confirmed that it still says this.', null=True, verbose_name='checked on')),
                    ('active', models.BooleanField(default=True, verbose_name='in use')),
                    ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='reports.agency', verbose_name='agency')),
                    ('category', models.ForeignKey(blank=True, help_text='Empty: in the checklist of every category.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reports.category', verbose_name='category')),
                    ('formal', models.TextField(blank=True, help_text='For a parent, carer or teacher who reports for a child: “Anda” in Indonesian, about the child, not about the reader. Empty: the text above is used.', max_length=1000, null=True, verbose_name='text for a parent or teacher')),
                    ('formal_ind', models.TextField(blank=True, help_text='For a parent, carer or teacher who reports for a child: “Anda” in Indonesian, about the child, not about the reader. Empty: the text above is used.', max_length=1000, null=True, verbose_name='text for a parent or teacher')),
                    ('formal_en', models.TextField(blank=True, help_text='For a parent, carer or teacher who reports for a child: “Anda” in Indonesian, about the child, not about the reader. Empty: the text above is used.', max_length=1000, null=True, verbose_name='text for a parent or teacher')),
                ],
                options={
                    'verbose_name': 'checklist item',
                    'verbose_name_plural': 'checklist items',
                    'ordering': ['category', 'order', 'key'],
                    'default_permissions': ('view', 'add', 'change'),
                },
            ),
            migrations.CreateModel(
                name='Team',
                fields=[
                    ('key', models.SlugField(help_text='Recorded in the audit log. It cannot be changed.', max_length=40, primary_key=True, serialize=False, verbose_name='key')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('name_ind', models.CharField(max_length=80, null=True, verbose_name='name')),
                    ('name_en', models.CharField(max_length=80, null=True, verbose_name='name')),
                    ('active', models.BooleanField(default=True, verbose_name='in use')),
                    ('leads', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='team leads')),
                    ('members', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='members')),
                ],
                options={
                    'verbose_name': 'team',
                    'verbose_name_plural': 'teams',
                    'ordering': ['key'],
                    'default_permissions': ('view', 'add', 'change'),
                },
            ),
            migrations.CreateModel(
                name='RoutingTable',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('rules', models.JSONField(default=list)),
                    ('follows', models.BigIntegerField(unique=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('fallback', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.team')),
                ],
                options={
                    'default_permissions': ('change',),
                },
            ),
            migrations.CreateModel(
                name='DeskSettings',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('stories', models.PositiveSmallIntegerField(default=40, validators=[django.core.validators.MinValueValidator(1)], verbose_name='stories a day')),
                    ('threads', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(1)], verbose_name='conversations a day')),
                    ('pictures', models.PositiveSmallIntegerField(default=15, help_text='Who has reached a limit is assigned no further case by “Take next” that day, except urgent ones that nobody else on duty can take. The first numbers are not based on research: talk about them in the team.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='cases with opened files a day')),
                    ('wellbeing', models.TextField(blank=True, help_text='Whom staff can call or write to about their own wellbeing, and when. All staff who work on reports read it on “Your wellbeing”. Nothing is shown while it is empty.', max_length=500, verbose_name='wellbeing line')),
                    ('wellbeing_ind', models.TextField(blank=True, help_text='Whom staff can call or write to about their own wellbeing, and when. All staff who work on reports read it on “Your wellbeing”. Nothing is shown while it is empty.', max_length=500, null=True, verbose_name='wellbeing line')),
                    ('wellbeing_en', models.TextField(blank=True, help_text='Whom staff can call or write to about their own wellbeing, and when. All staff who work on reports read it on “Your wellbeing”. Nothing is shown while it is empty.', max_length=500, null=True, verbose_name='wellbeing line')),
                ],
                options={
                    'verbose_name': 'care for moderators',
                    'verbose_name_plural': 'care for moderators',
                    'default_permissions': ('view', 'change'),
                },
            ),
            migrations.CreateModel(
                name='OptOut',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('category', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reports.category')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opt_outs', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.UniqueConstraint(fields=('person', 'category'), name='one_opt_out_a_category')],
                },
            ),
            migrations.CreateModel(
                name='ShiftEnd',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='shift_end', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='DataRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('access', 'Say what is stored'), ('correct', 'Correct something'), ('stop', 'Stop using it')], max_length=10)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('due_at', models.DateTimeField()),
                    ('answer', models.CharField(blank=True, choices=[('done', 'Done'), ('partly', 'Done in part'), ('refused', 'Not possible')], max_length=10)),
                    ('reason', models.CharField(blank=True, choices=[('hold', 'A court or an authority requires us to keep it'), ('child', 'A child or a life may be at risk'), ('unclear', 'It is not clear what is meant; we ask in a message')], max_length=10)),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('alarmed_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='data_requests', to='reports.case')),
                ],
                options={
                    'ordering': ['asked_at', 'pk'],
                    'default_permissions': (),
                    'indexes': [models.Index(condition=models.Q(('answered_at', None)), fields=['due_at'], name='data_request_open'), models.Index(condition=models.Q(('ended_at', None), ('kind', 'stop'), models.Q(('answer', 'refused'), _negated=True)), fields=['case'], name='data_request_pause')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('case', 'kind'), name='one_open_data_request_a_kind')],
                },
            ),
            migrations.CreateModel(
                name='Demand',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('received_on', models.DateField(verbose_name='received on')),
                    ('kind', models.CharField(choices=[('court', 'Court'), ('police', 'Police or prosecutor'), ('other', 'Another authority')], max_length=10, verbose_name='kind of authority')),
                    ('authority', models.CharField(help_text='The authority, its office and the officer.', max_length=200, verbose_name='who asked')),
                    ('document_number', models.CharField(max_length=100, verbose_name='number of the document')),
                    ('legal_basis', models.TextField(help_text='The articles that the document names.', verbose_name='legal basis')),
                    ('asked_for', models.TextField(help_text='For the register. Name no reporter, and nothing of a report.', verbose_name='what was asked for')),
                    ('answer_by', models.DateField(blank=True, null=True, verbose_name='answer until')),
                    ('lawyer', models.CharField(blank=True, max_length=200, verbose_name='lawyer who advised')),
                    ('decision', models.CharField(blank=True, choices=[('nothing', 'Hand out nothing'), ('part', 'Hand out a part'), ('all', 'Hand out what was asked for')], max_length=10, verbose_name='decision')),
                    ('decision_reason', models.TextField(blank=True, verbose_name='reasons for the decision')),
                    ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='decided at')),
                    ('confirmed_at', models.DateTimeField(editable=False, null=True, verbose_name='confirmed at')),
                    ('package_digest', models.CharField(blank=True, help_text='The SHA-256 of the manifest, as the page of the package shows it.', max_length=64, validators=[django.core.validators.RegexValidator('^[0-9a-f]{64}$', '64 characters: 0 to 9 and a to f.')], verbose_name='digest of the package that was handed out')),
                    ('handed_out_on', models.DateField(blank=True, null=True, verbose_name='handed out on')),
                    ('reporter_told', models.CharField(blank=True, choices=[('yes', 'Told'), ('later', 'Not yet, for a reason'), ('no', 'Not told, for a reason')], max_length=10, verbose_name='reporter told')),
                    ('told_on', models.DateField(blank=True, null=True, verbose_name='told on')),
                    ('told_reason', models.TextField(blank=True, verbose_name='why the reporter is not told')),
                    ('confirmed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                    ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                    ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'demand of an authority',
                    'verbose_name_plural': 'demands of authorities',
                    'ordering': ['-received_on', '-pk'],
                    'default_permissions': ('view', 'add', 'change'),
                },
            ),
            migrations.CreateModel(
                name='InsiderAlarm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('not_theirs', 'Cases that they did not work on, opened within a day'), ('searches', 'Searches within a day'), ('bulk', 'Cases and files opened within an hour')], max_length=12)),
                    ('day', models.DateField()),
                    ('number', models.PositiveIntegerField()),
                    ('noticed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('mailed_at', models.DateTimeField(null=True)),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('note', models.TextField(blank=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-pk'],
                    'default_permissions': (),
                    'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['-id'], name='insider_alarm_open')],
                    'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'day'), name='one_insider_alarm_a_day')],
                },
            ),
            migrations.CreateModel(
                name='StaffEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('action', models.CharField(max_length=40)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('facts', models.JSONField(default=dict)),
                    ('digest', models.BinaryField()),
                    ('key_id', models.CharField(max_length=16)),
                    ('seal', models.BinaryField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-pk'],
                    'default_permissions': (),
                    'indexes': [models.Index(fields=['at'], name='staff_event_at'), models.Index(fields=['action', 'at'], name='staff_event_action')],
                    'constraints': [models.UniqueConstraint(fields=('by', 'number'), name='one_staff_event_a_number')],
                },
            ),
            migrations.CreateModel(
                name='CustodyLead',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('for_withheld', models.BooleanField(default=False, help_text='Cases restricted because of a conflict of interest. The person must be an independent case lead.', verbose_name='for withheld cases')),
                    ('named_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='named')),
                    ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='ended')),
                    ('named_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='named by')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person named')),
                ],
                options={
                    'verbose_name': 'lead for locked files',
                    'verbose_name_plural': 'leads for locked files',
                    'ordering': ['-named_at', '-id'],
                    'default_permissions': ('view', 'add'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('for_withheld',), name='one_custody_lead_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='CustodyKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key_id', models.CharField(max_length=16)),
                    ('sender_key_id', models.CharField(max_length=16)),
                    ('wrapped', models.BinaryField()),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='custody_keys', to='reports.case')),
                    ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='custody_key', to='reports.evidence')),
                    ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.custodylead')),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='OwnView',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=40)),
                    ('query', models.CharField(max_length=1000)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['name'],
                    'default_permissions': (),
                    'constraints': [models.UniqueConstraint(fields=('person', 'name'), name='one_own_view_a_name')],
                },
            ),
            migrations.CreateModel(
                name='WindDown',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('begun_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('last_day', models.DateField()),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='SecondLookFigure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('month', models.DateField()),
                    ('category', models.CharField(max_length=40)),
                    ('kind', models.CharField(choices=[('ordinary', 'Ordinary'), ('restricted', 'Restricted'), ('withheld', 'Withheld')], max_length=10)),
                    ('looked', models.PositiveIntegerField(default=0)),
                    ('other_category', models.PositiveIntegerField(default=0)),
                    ('other_tier', models.PositiveIntegerField(default=0)),
                    ('other_outcome', models.PositiveIntegerField(default=0)),
                    ('no_outcome', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.UniqueConstraint(fields=('month', 'category', 'kind'), name='one_second_look_figure')],
                },
            ),
            migrations.CreateModel(
                name='SecondLook',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('drawn_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('taken_at', models.DateTimeField(null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='second_look', to='reports.case')),
                ],
                options={
                    'default_permissions': (),
                    'indexes': [models.Index(fields=['drawn_at'], name='second_look_drawn')],
                },
            ),
            migrations.CreateModel(
                name='Flood',
                fields=[
                    ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                    ('since', models.DateTimeField()),
                    ('until', models.DateTimeField()),
                    ('reports', models.PositiveIntegerField(default=0)),
                    ('solved', models.PositiveIntegerField(default=0)),
                    ('set_aside', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='ReminderAddress',
                fields=[
                    ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='reminder', serialize=False, to='reports.case')),
                    ('audience', models.CharField(max_length=20)),
                    ('sealed_key_id', models.CharField(max_length=16)),
                    ('sealed', models.BinaryField()),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('code_sent_at', models.DateTimeField(null=True)),
                    ('code_salt', models.BinaryField(null=True)),
                    ('code_verifier', models.BinaryField(null=True)),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('covered_until', models.DateTimeField(null=True)),
                    ('reminded_at', models.DateTimeField(null=True)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('try_again_at', models.DateTimeField(null=True)),
                    ('bounce_mark', models.CharField(max_length=16, null=True)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='ReminderSender',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.EmailField(max_length=254)),
                    ('server', models.CharField(max_length=64)),
                    ('digits', models.CharField(blank=True, max_length=8)),
                    ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('confirmed_by', models.CharField(blank=True, max_length=80)),
                    ('ended_at', models.DateTimeField(null=True)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False), ('ended_at', None)), fields=('address',), name='one_valid_test_a_sender')],
                },
            ),
            migrations.CreateModel(
                name='SentFile',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('sealed', models.BinaryField()),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sent_files', to='reports.case')),
                    ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sent_file', to='reports.message')),
                ],
                options={
                    'ordering': ['sent_at', 'id'],
                    'default_permissions': (),
                    'indexes': [models.Index(fields=['sent_at'], name='sent_file_at')],
                },
            ),
            migrations.AlterModelOptions(
                name='case',
                options={'default_permissions': ('view',), 'permissions': [('view_ordinary', 'Can know of cases that are neither restricted nor kept from the desk'), ('read_case', 'Can read the story, messages and files of cases'), ('handle_case', 'Can take, answer and resolve cases'), ('release_quarantined', 'Can look through cases set aside'), ('sort_case', 'Can set the tier of waiting cases, quarantine and escalate them'), ('handle_restricted', 'Can see and handle cases restricted to child safety'), ('handle_withheld', 'Can see and handle cases kept from the desk'), ('supervise', 'Can break leases and answer objections'), ('read_audit', 'Can read and verify the record of events')], 'verbose_name': 'case', 'verbose_name_plural': 'cases'},
            ),
            migrations.RemoveIndex(model_name='case', name='case_queue'),
            migrations.RemoveIndex(model_name='case', name='case_waiting'),
            migrations.RemoveIndex(model_name='case', name='case_unread'),
            migrations.RemoveIndex(model_name='case', name='case_overdue'),
            migrations.RemoveIndex(model_name='case', name='case_escalated'),
            migrations.RemoveIndex(model_name='case', name='case_to_close'),
            migrations.RemoveIndex(model_name='case', name='case_quarantined'),
            migrations.RemoveIndex(model_name='case', name='case_withheld'),
            migrations.AddField(
                model_name='case',
                name='escalated_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='case',
                name='fact_degrees',
                field=models.JSONField(db_default={}, default=dict),
            ),
            migrations.AddField(
                model_name='case',
                name='hotline_link_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='case',
                name='lead_case',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='linked_cases', to='reports.case'),
            ),
            migrations.AddField(
                model_name='case',
                name='look_again_at',
                field=models.DateTimeField(null=True, verbose_name='look again'),
            ),
            migrations.AddField(
                model_name='case',
                name='offered_to',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='offered to'),
            ),
            migrations.AddField(
                model_name='case',
                name='reserved_until',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='case',
                name='times_returned',
                field=models.PositiveSmallIntegerField(db_default=0, default=0),
            ),
            migrations.AddField(
                model_name='case',
                name='refer_alarmed_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='case',
                name='refer_decided_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='case',
                name='refer_decision',
                field=models.CharField(blank=True, choices=[('referred', 'Passed on, with a receipt'), ('sheet', 'The reporter got the self-report sheet'), ('not_referred', 'Not to be passed on')], db_default='', default='', max_length=15),
            ),
            migrations.AddField(
                model_name='case',
                name='refer_due_at',
                field=models.DateTimeField(null=True, verbose_name='time to refer'),
            ),
            migrations.AddField(
                model_name='case',
                name='team',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.team'),
            ),
            migrations.AddField(
                model_name='case',
                name='other_due_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='case',
                name='region',
                field=models.CharField(blank=True, db_default='', default='', max_length=12),
            ),
            migrations.AddField(
                model_name='case',
                name='misuse_confirmed_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='case',
                name='misuse_noted_by',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AlterField(
                model_name='case',
                name='outcome',
                field=models.CharField(blank=True, choices=[('done', 'Resolved, closed automatically'), ('helped', 'Helped'), ('referred', 'Passed on'), ('no_rule', 'No rule broken'), ('not_enough', 'Not enough information'), ('out_of_scope', 'Out of scope (signposted)'), ('duplicate', 'Duplicate'), ('spam', 'Spam'), ('withdrawn', 'Withdrawn')], max_length=20, verbose_name='outcome'),
            ),
            migrations.AddField(
                model_name='evidence',
                name='hash_digest',
                field=models.BinaryField(max_length=32, null=True),
            ),
            migrations.AddField(
                model_name='datakey',
                name='added_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='datakey',
                name='sealed',
                field=models.BinaryField(null=True),
            ),
            migrations.AddField(
                model_name='oncallchannel',
                name='failed_at',
                field=models.DateTimeField(editable=False, null=True, verbose_name='last failure'),
            ),
            migrations.AddField(
                model_name='oncallchannel',
                name='failure',
                field=models.CharField(choices=[('forbidden', 'This address is not allowed: only HTTPS to public networks is.'), ('unreachable', 'It did not answer in time, or its server has a fault.'), ('certificate', 'Its certificate is not valid.'), ('refused', 'It refused the message. The address or the token may be wrong.'), ('settings', 'The server is not set up for it. Ask the operator.'), ('key', 'What was entered cannot be read any more. Remove it and enter it again.')], db_default='', default='', editable=False, max_length=12),
            ),
            migrations.AddField(
                model_name='oncallchannel',
                name='hint',
                field=models.CharField(db_default='', default='', editable=False, max_length=80),
            ),
            migrations.AddField(
                model_name='oncallchannel',
                name='key_id',
                field=models.CharField(db_default='', default='', editable=False, max_length=16),
            ),
            migrations.AddField(
                model_name='oncallchannel',
                name='kind',
                field=models.CharField(choices=[('mail', 'Email'), ('ntfy', 'ntfy'), ('sms', 'SMS'), ('webhook', 'Webhook')], db_default='mail', default='mail', max_length=8, verbose_name='kind'),
            ),
            migrations.AddField(
                model_name='oncallchannel',
                name='language',
                field=models.CharField(blank=True, db_default='', default='', max_length=5, verbose_name='language'),
            ),
            migrations.AddField(
                model_name='oncallchannel',
                name='person',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='on_call_channels', to=settings.AUTH_USER_MODEL, verbose_name='person'),
            ),
            migrations.AddField(
                model_name='oncallchannel',
                name='route',
                field=models.CharField(db_default='', default='', editable=False, max_length=16),
            ),
            migrations.AddField(
                model_name='oncallchannel',
                name='sealed',
                field=models.BinaryField(null=True),
            ),
            migrations.AddField(
                model_name='oncallchannel',
                name='sender_key_id',
                field=models.CharField(db_default='', default='', editable=False, max_length=16),
            ),
            migrations.AddField(
                model_name='oncallchannel',
                name='test_sent_at',
                field=models.DateTimeField(editable=False, null=True),
            ),
            migrations.AddField(
                model_name='oncallchannel',
                name='test_tries',
                field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
            ),
            migrations.AddField(
                model_name='replytemplate',
                name='formal',
                field=models.TextField(blank=True, help_text='For a parent, carer or teacher who reports for a child: “Anda” in Indonesian, about the child, not about the reader. Empty: the text above is used.', max_length=2000, null=True, verbose_name='text for a parent or teacher'),
            ),
            migrations.AddField(
                model_name='replytemplate',
                name='formal_ind',
                field=models.TextField(blank=True, help_text='For a parent, carer or teacher who reports for a child: “Anda” in Indonesian, about the child, not about the reader. Empty: the text above is used.', max_length=2000, null=True, verbose_name='text for a parent or teacher'),
            ),
            migrations.AddField(
                model_name='replytemplate',
                name='formal_en',
                field=models.TextField(blank=True, help_text='For a parent, carer or teacher who reports for a child: “Anda” in Indonesian, about the child, not about the reader. Empty: the text above is used.', max_length=2000, null=True, verbose_name='text for a parent or teacher'),
            ),
            migrations.AlterField(
                model_name='recordalarm',
                name='kind',
                field=models.CharField(choices=[('event', 'An audit log entry was not written by a server of this site.'), ('register', 'The register of events was truncated or replaced.'), ('staff', "The end of a person's entries in the staff log was removed."), ('sealed', 'The sealed data of a report do not match what was sent.'), ('erasure', 'A report was due to be erased, but the audit log shows no reason for it. The report was kept.'), ('key', 'A report was due to be erased, but a key file of the server that received it is missing here. The report was kept.')], max_length=10),
            ),
            migrations.AlterField(
                model_name='category',
                name='group',
                field=models.CharField(choices=[('me', 'I am being bothered or threatened'), ('sexual', 'Pictures or sexual things'), ('money', 'Money, accounts and private data'), ('other', 'Something else')], max_length=10, verbose_name='group'),
            ),
        ),
        migrations.RunPython(make_the_row, migrations.RunPython.noop),
        migrations.RunPython(move_posted_data, migrations.RunPython.noop),
    ]
