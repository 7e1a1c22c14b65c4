"""All changes of guides, helplines, topics and apps between 0.1.0 and the release after it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from safetycenter.migrating import Together

COLUMNS = {
    'audience': ('key', 'order', 'name_ind', 'name_en', 'slug_ind', 'slug_en', 'summary_ind', 'summary_en'),
    'topic': ('key', 'order', 'sensitive', 'title_ind', 'title_en', 'slug_ind', 'slug_en', 'summary_ind', 'summary_en'),
}


def record_what_readers_see(apps, schema_editor):
    """Record every topic and audience as published. The column ``state`` says so already, by its default.

    Readers saw each of them. Without the record, everybody who ever saved one would count as an author of a text that
    waits for a second person.
    """
    revisions = apps.get_model('education', 'Revision').objects
    for name, columns in COLUMNS.items():
        for row in apps.get_model('education', name).objects.all():
            kind, _made = apps.get_model('contenttypes', 'ContentType').objects.get_or_create(
                app_label='education', model=name
            )
            place = {'content_type': kind, 'object_id': row.pk}
            newest = revisions.filter(**place).order_by('-number').first()
            data = {column: getattr(row, column) for column in columns}
            data = {column: '' if value is None and 'slug' not in column else value for column, value in data.items()}
            revisions.create(
                **place,
                number=newest.number + 1 if newest else 1,
                data=data | {'publish_at': None, 'archive_at': None},
                action='publish',
            )


class Migration(migrations.Migration):

    replaces = [
        ('education', '0002_help_texts'),
        ('education', '0003_pictures'),
        ('education', '0004_not_needed'),
        ('education', '0005_unsaved_texts'),
        ('education', '0006_publish_page'),
        ('education', '0007_external_links'),
        ('education', '0008_apps'),
        ('education', '0009_guide_cover'),
        ('education', '0010_easy_help_texts'),
        ('education', '0012_source_stored_copy'),
        ('education', '0013_app_words'),
        ('education', '0014_guide_source_mark'),
        ('education', '0015_topics_under_workflow'),
    ]

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('education', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='HelpBlock',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], default='draft', editable=False, max_length=10, verbose_name='status')),
                    ('publish_at', models.DateTimeField(blank=True, help_text='Empty: as soon as it is published. A change to a published page goes live at this time; until then readers see the current page.', null=True, verbose_name='publish on')),
                    ('archive_at', models.DateTimeField(blank=True, help_text='Empty: it stays published until someone unpublishes it.', null=True, verbose_name='unpublish on')),
                    ('changed_on', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='last change')),
                    ('outdated_fields', models.JSONField(default=dict, editable=False)),
                    ('name', models.SlugField(editable=False, max_length=60, unique=True, verbose_name='key')),
                    ('block', models.SlugField(editable=False, max_length=40, verbose_name='matter')),
                    ('person', models.CharField(choices=[('me', 'The person it happened to (kamu)'), ('easy', 'The person it happened to, in easier words (kamu)'), ('adult', 'The person it happened to, a parent or teacher (Anda)'), ('child', 'Parent or carer of a child (Anda)'), ('pupil', 'Teacher of a pupil (Anda)'), ('friend', 'Friend, brother or sister (kamu)'), ('stranger', 'Somebody who saw it (kamu)'), ('did_it', 'Somebody who did something (kamu)')], editable=False, max_length=10, verbose_name='person')),
                    ('number', models.CharField(choices=[('police', 'Police in danger: emergency bar of every page, pages about danger, last page of a report'), ('chat', 'Chat in danger, without speaking: emergency bar of every page, beside numbers without a chat'), ('emergency', 'General emergency number: emergency bar of every page, pages about danger'), ('ambulance', 'Ambulance: pages about a life at risk'), ('crisis', 'Thoughts of suicide or self-harm, first line: pages about a life at risk, closed form'), ('crisis_second', 'Thoughts of suicide or self-harm, second line: pages about a life at risk'), ('violence', 'Violence against women, at home or sexual: search, legal help, being tracked'), ('child', 'Protection of a child: search, private pictures of a child'), ('money', 'Money sent to a scammer: help page on money, sheet with the facts'), ('picture_minor', 'Taking down a private picture of someone under 18'), ('picture_adult', 'Taking down a private picture of an adult'), ('abuse_material', 'Reporting pictures of abused children'), ('legal_aid', 'Legal aid before going to the police: adults, private pictures'), ('digital_rights', 'Legal help on digital rights: adults, private pictures'), ('women_rights', 'Commission on violence against women: legal help'), ('tiktok', 'Report button of TikTok: last page of a report, only if it happened there')], help_text='Who answers is chosen under helpline roles.', max_length=20, verbose_name='number')),
                    ('tool', models.CharField(blank=True, choices=[('police', 'Police in danger: emergency bar of every page, pages about danger, last page of a report'), ('chat', 'Chat in danger, without speaking: emergency bar of every page, beside numbers without a chat'), ('emergency', 'General emergency number: emergency bar of every page, pages about danger'), ('ambulance', 'Ambulance: pages about a life at risk'), ('crisis', 'Thoughts of suicide or self-harm, first line: pages about a life at risk, closed form'), ('crisis_second', 'Thoughts of suicide or self-harm, second line: pages about a life at risk'), ('violence', 'Violence against women, at home or sexual: search, legal help, being tracked'), ('child', 'Protection of a child: search, private pictures of a child'), ('money', 'Money sent to a scammer: help page on money, sheet with the facts'), ('picture_minor', 'Taking down a private picture of someone under 18'), ('picture_adult', 'Taking down a private picture of an adult'), ('abuse_material', 'Reporting pictures of abused children'), ('legal_aid', 'Legal aid before going to the police: adults, private pictures'), ('digital_rights', 'Legal help on digital rights: adults, private pictures'), ('women_rights', 'Commission on violence against women: legal help'), ('tiktok', 'Report button of TikTok: last page of a report, only if it happened there')], help_text='A helpline role whose site is the tool. It is shown instead of the guide.', max_length=20, verbose_name='tool')),
                    ('title', models.CharField(max_length=140, verbose_name='title')),
                    ('title_ind', models.CharField(max_length=140, null=True, verbose_name='title')),
                    ('title_en', models.CharField(max_length=140, null=True, verbose_name='title')),
                    ('lines', models.TextField(help_text='Three lines, together at most 40 words. They are also the first steps of the help page.', verbose_name='first aid')),
                    ('lines_ind', models.TextField(help_text='Three lines, together at most 40 words. They are also the first steps of the help page.', null=True, verbose_name='first aid')),
                    ('lines_en', models.TextField(help_text='Three lines, together at most 40 words. They are also the first steps of the help page.', null=True, verbose_name='first aid')),
                    ('steps', models.TextField(blank=True, help_text='One step per line. A name in braces stands for a sentence that nobody may change; see above.', verbose_name='further steps')),
                    ('steps_ind', models.TextField(blank=True, help_text='One step per line. A name in braces stands for a sentence that nobody may change; see above.', null=True, verbose_name='further steps')),
                    ('steps_en', models.TextField(blank=True, help_text='One step per line. A name in braces stands for a sentence that nobody may change; see above.', null=True, verbose_name='further steps')),
                    ('say', models.CharField(blank=True, help_text="Words that the reader can use.", max_length=160, verbose_name='sentence to say or to show')),
                    ('say_ind', models.CharField(blank=True, help_text="Words that the reader can use.", max_length=160, null=True, verbose_name='sentence to say or to show')),
                    ('say_en', models.CharField(blank=True, help_text="Words that the reader can use.", max_length=160, null=True, verbose_name='sentence to say or to show')),
                    ('closing', models.TextField(blank=True, help_text='One paragraph per line.', verbose_name='closing sentences')),
                    ('closing_ind', models.TextField(blank=True, help_text='One paragraph per line.', null=True, verbose_name='closing sentences')),
                    ('closing_en', models.TextField(blank=True, help_text='One paragraph per line.', null=True, verbose_name='closing sentences')),
                    ('guide', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='education.guide', verbose_name='guide')),
                    ('not_needed', models.JSONField(db_default={}, default=dict, editable=False)),
                    ('not_ready', models.JSONField(db_default={}, default=dict, editable=False)),
                    ('told_changes', models.JSONField(db_default=[], default=list, editable=False)),
                ],
                options={
                    'verbose_name': 'help text',
                    'verbose_name_plural': 'help texts',
                    'ordering': ['block', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='HelpSource',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('url', models.URLField(max_length=500, verbose_name='address')),
                    ('publisher', models.CharField(max_length=120, verbose_name='published by')),
                    ('title', models.CharField(blank=True, max_length=200, verbose_name='what it supports')),
                    ('title_ind', models.CharField(blank=True, max_length=200, null=True, verbose_name='what it supports')),
                    ('title_en', models.CharField(blank=True, max_length=200, null=True, verbose_name='what it supports')),
                    ('dated', models.CharField(blank=True, help_text='As written on the source: 7 Jan 2026, Jan 2026 or 2026.', max_length=30, verbose_name='date on the source')),
                    ('checked_on', models.DateField(blank=True, help_text='The day a staff member opened it and confirmed that it still says this.', null=True, verbose_name='checked on')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('help_block', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='education.helpblock')),
                ],
                options={
                    'verbose_name': 'source',
                    'verbose_name_plural': 'sources',
                    'ordering': ['position', 'pk'],
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Picture',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.SlugField(help_text='For editors only: kunci.', max_length=60, unique=True, verbose_name='name')),
                    ('decorative', models.BooleanField(default=False, help_text='It says nothing that the text does not say: screen readers leave it out.', verbose_name='only decoration')),
                    ('alt', models.CharField(blank=True, help_text='What it shows, for readers who cannot see it: A yellow key on a green sea.', max_length=200, verbose_name='alt text')),
                    ('alt_ind', models.CharField(blank=True, help_text='What it shows, for readers who cannot see it: A yellow key on a green sea.', max_length=200, null=True, verbose_name='alt text')),
                    ('alt_en', models.CharField(blank=True, help_text='What it shows, for readers who cannot see it: A yellow key on a green sea.', max_length=200, null=True, verbose_name='alt text')),
                    ('caption', models.CharField(blank=True, help_text='Shown below it. May be empty.', max_length=200, verbose_name='caption')),
                    ('caption_ind', models.CharField(blank=True, help_text='Shown below it. May be empty.', max_length=200, null=True, verbose_name='caption')),
                    ('caption_en', models.CharField(blank=True, help_text='Shown below it. May be empty.', max_length=200, null=True, verbose_name='caption')),
                    ('credit', models.CharField(help_text='Shown below it, with the licence.', max_length=120, verbose_name='made by')),
                    ('licence', models.CharField(help_text='CC BY 4.0, or: own work.', max_length=60, verbose_name='licence')),
                    ('source', models.URLField(blank=True, help_text='Where it was found. Not shown.', max_length=500, verbose_name='source')),
                    ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ],
                options={
                    'verbose_name': 'picture',
                    'verbose_name_plural': 'pictures',
                    'ordering': ['-added_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='PictureFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=50, unique=True)),
                    ('format', models.CharField(choices=[('avif', 'AVIF'), ('webp', 'WebP'), ('jpg', 'JPEG')], max_length=4)),
                    ('width', models.PositiveSmallIntegerField()),
                    ('height', models.PositiveSmallIntegerField()),
                    ('size', models.PositiveIntegerField()),
                    ('picture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='education.picture')),
                ],
                options={
                    'verbose_name': 'file of a picture',
                    'verbose_name_plural': 'files of pictures',
                    'ordering': ['width', 'format'],
                },
            ),
            migrations.CreateModel(
                name='UnsavedText',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('object_id', models.PositiveBigIntegerField()),
                    ('page', models.CharField(max_length=20)),
                    ('field', models.CharField(max_length=100)),
                    ('values', models.JSONField()),
                    ('seen', models.CharField(blank=True, max_length=80)),
                    ('started_at', models.DateTimeField()),
                    ('changed_at', models.DateTimeField(db_index=True)),
                    ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['changed_at', 'pk'],
                    'default_permissions': (),
                    'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'user', 'page', 'field'), name='unsaved_text_once')],
                },
            ),
            migrations.CreateModel(
                name='ExternalLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('url', models.CharField(max_length=500, unique=True, verbose_name='address')),
                    ('result', models.CharField(blank=True, choices=[('works', 'Works'), ('moved', 'Moved'), ('gone', 'Not found'), ('unreachable', 'Could not be reached'), ('refused', 'Answers people only')], max_length=12, verbose_name='result')),
                    ('moved_to', models.CharField(blank=True, max_length=500, verbose_name='moved to')),
                    ('since', models.DateTimeField(blank=True, null=True, verbose_name='since')),
                    ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='checked')),
                ],
                options={
                    'verbose_name': 'external link',
                    'verbose_name_plural': 'external links',
                    'ordering': ['url'],
                },
            ),
            migrations.CreateModel(
                name='Platform',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], default='draft', editable=False, max_length=10, verbose_name='status')),
                    ('publish_at', models.DateTimeField(blank=True, help_text='Empty: as soon as it is published. A change to a published page goes live at this time; until then readers see the current page.', null=True, verbose_name='publish on')),
                    ('archive_at', models.DateTimeField(blank=True, help_text='Empty: it stays published until someone unpublishes it.', null=True, verbose_name='unpublish on')),
                    ('changed_on', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='last change')),
                    ('outdated_fields', models.JSONField(default=dict, editable=False)),
                    ('not_needed', models.JSONField(db_default={}, default=dict, editable=False)),
                    ('not_ready', models.JSONField(db_default={}, default=dict, editable=False)),
                    ('told_changes', models.JSONField(db_default=[], default=list, editable=False)),
                    ('key', models.SlugField(help_text='As in the report form, for apps that it names: tiktok. It never changes.', unique=True, verbose_name='key')),
                    ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                    ('name', models.CharField(help_text='The same in every language.', max_length=60, verbose_name='name')),
                    ('age_rule', models.CharField(choices=[('closed', '16 and over: accounts of younger people are closed'), ('limited', 'Under 16 with limits'), ('unlisted', 'Not on the first list; its class was not found')], default='unlisted', help_text='Where the age decides, the page begins with what it means for readers under 16.', max_length=10, verbose_name='rule on accounts under 16')),
                    ('sensitive', models.BooleanField(default=False, help_text='Neutral tab title and quick exit.', verbose_name='sensitive')),
                    ('tried_on', models.DateField(blank=True, help_text='The day a staff member tried every step of this page in the Indonesian version of the app.', null=True, verbose_name='steps last tested on')),
                    ('review_due', models.DateField(blank=True, null=True, verbose_name='next review')),
                    ('slug', models.SlugField(max_length=80, null=True, verbose_name='address')),
                    ('slug_ind', models.SlugField(max_length=80, null=True, verbose_name='address')),
                    ('slug_en', models.SlugField(max_length=80, null=True, verbose_name='address')),
                    ('short_answer', models.TextField(help_text='One to three sentences; also shown in lists.', verbose_name='short answer')),
                    ('short_answer_ind', models.TextField(help_text='One to three sentences; also shown in lists.', null=True, verbose_name='short answer')),
                    ('short_answer_en', models.TextField(help_text='One to three sentences; also shown in lists.', null=True, verbose_name='short answer')),
                    ('under_16', models.TextField(blank=True, default='', help_text='What the age rule means, that nobody is punished for asking for help, saving memories, and how to appeal.', verbose_name='under 16?')),
                    ('under_16_ind', models.TextField(blank=True, default='', help_text='What the age rule means, that nobody is punished for asking for help, saving memories, and how to appeal.', null=True, verbose_name='under 16?')),
                    ('under_16_en', models.TextField(blank=True, default='', help_text='What the age rule means, that nobody is punished for asking for help, saving memories, and how to appeal.', null=True, verbose_name='under 16?')),
                    ('rules', models.TextField(blank=True, default='', help_text='Only for the subjects of this site.', verbose_name='what its rules forbid')),
                    ('rules_ind', models.TextField(blank=True, default='', help_text='Only for the subjects of this site.', null=True, verbose_name='what its rules forbid')),
                    ('rules_en', models.TextField(blank=True, default='', help_text='Only for the subjects of this site.', null=True, verbose_name='what its rules forbid')),
                    ('report', models.TextField(blank=True, default='', help_text='An account, a message, a video, a group, each with a small heading; what happens then.', verbose_name='how to report')),
                    ('report_ind', models.TextField(blank=True, default='', help_text='An account, a message, a video, a group, each with a small heading; what happens then.', null=True, verbose_name='how to report')),
                    ('report_en', models.TextField(blank=True, default='', help_text='An account, a message, a video, a group, each with a small heading; what happens then.', null=True, verbose_name='how to report')),
                    ('noticed', models.TextField(blank=True, default='', help_text='Also that the person may still guess.', verbose_name='does the person find out?')),
                    ('noticed_ind', models.TextField(blank=True, default='', help_text='Also that the person may still guess.', null=True, verbose_name='does the person find out?')),
                    ('noticed_en', models.TextField(blank=True, default='', help_text='Also that the person may still guess.', null=True, verbose_name='does the person find out?')),
                    ('appeal', models.TextField(blank=True, default='', help_text='How to appeal, and until when.', verbose_name='if you disagree with a decision')),
                    ('appeal_ind', models.TextField(blank=True, default='', help_text='How to appeal, and until when.', null=True, verbose_name='if you disagree with a decision')),
                    ('appeal_en', models.TextField(blank=True, default='', help_text='How to appeal, and until when.', null=True, verbose_name='if you disagree with a decision')),
                    ('block', models.TextField(blank=True, default='', help_text='Mark a step that alerts somebody, or that deletes a chat, with the warning in the menu of the editor.', verbose_name='how to block or restrict')),
                    ('block_ind', models.TextField(blank=True, default='', help_text='Mark a step that alerts somebody, or that deletes a chat, with the warning in the menu of the editor.', null=True, verbose_name='how to block or restrict')),
                    ('block_en', models.TextField(blank=True, default='', help_text='Mark a step that alerts somebody, or that deletes a chat, with the warning in the menu of the editor.', null=True, verbose_name='how to block or restrict')),
                    ('evidence', models.TextField(blank=True, default='', help_text='Before reporting and blocking. Never a sexual picture of anyone under 18.', verbose_name='save evidence first')),
                    ('evidence_ind', models.TextField(blank=True, default='', help_text='Before reporting and blocking. Never a sexual picture of anyone under 18.', null=True, verbose_name='save evidence first')),
                    ('evidence_en', models.TextField(blank=True, default='', help_text='Before reporting and blocking. Never a sexual picture of anyone under 18.', null=True, verbose_name='save evidence first')),
                    ('contact', models.TextField(blank=True, default='', help_text='Messages, calls, groups, friend requests.', verbose_name='who can contact you')),
                    ('contact_ind', models.TextField(blank=True, default='', help_text='Messages, calls, groups, friend requests.', null=True, verbose_name='who can contact you')),
                    ('contact_en', models.TextField(blank=True, default='', help_text='Messages, calls, groups, friend requests.', null=True, verbose_name='who can contact you')),
                    ('feed', models.TextField(blank=True, default='', help_text='Two different filters: say which one a step changes.', verbose_name='filters for feed and comments')),
                    ('feed_ind', models.TextField(blank=True, default='', help_text='Two different filters: say which one a step changes.', null=True, verbose_name='filters for feed and comments')),
                    ('feed_en', models.TextField(blank=True, default='', help_text='Two different filters: say which one a step changes.', null=True, verbose_name='filters for feed and comments')),
                    ('privacy', models.TextField(blank=True, default='', help_text='Private account, last seen, location.', verbose_name='privacy and location')),
                    ('privacy_ind', models.TextField(blank=True, default='', help_text='Private account, last seen, location.', null=True, verbose_name='privacy and location')),
                    ('privacy_en', models.TextField(blank=True, default='', help_text='Private account, last seen, location.', null=True, verbose_name='privacy and location')),
                    ('family', models.TextField(blank=True, default='', help_text='What they show a parent, and which steps of a child the parent is notified of.', verbose_name='parental controls')),
                    ('family_ind', models.TextField(blank=True, default='', help_text='What they show a parent, and which steps of a child the parent is notified of.', null=True, verbose_name='parental controls')),
                    ('family_en', models.TextField(blank=True, default='', help_text='What they show a parent, and which steps of a child the parent is notified of.', null=True, verbose_name='parental controls')),
                    ('special_channels', models.TextField(blank=True, default='', help_text='Forms for hacked accounts, private pictures, authorities.', verbose_name='other ways to get help')),
                    ('special_channels_ind', models.TextField(blank=True, default='', help_text='Forms for hacked accounts, private pictures, authorities.', null=True, verbose_name='other ways to get help')),
                    ('special_channels_en', models.TextField(blank=True, default='', help_text='Forms for hacked accounts, private pictures, authorities.', null=True, verbose_name='other ways to get help')),
                    ('limits', models.TextField(blank=True, default='', help_text='What readers must not rely on.', verbose_name="what you can't rely on")),
                    ('limits_ind', models.TextField(blank=True, default='', help_text='What readers must not rely on.', null=True, verbose_name="what you can't rely on")),
                    ('limits_en', models.TextField(blank=True, default='', help_text='What readers must not rely on.', null=True, verbose_name="what you can't rely on")),
                    ('can_report_account', models.CharField(choices=[('not-found', 'Not found yet'), ('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('-', 'Does not apply')], default='not-found', max_length=10, verbose_name='report an account')),
                    ('can_report_message', models.CharField(choices=[('not-found', 'Not found yet'), ('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('-', 'Does not apply')], default='not-found', max_length=10, verbose_name='report a message')),
                    ('can_report_group', models.CharField(choices=[('not-found', 'Not found yet'), ('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('-', 'Does not apply')], default='not-found', max_length=10, verbose_name='report a group')),
                    ('hides_reporter', models.CharField(choices=[('not-found', 'Not found yet'), ('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('-', 'Does not apply')], default='not-found', max_length=10, verbose_name="the person you report isn't told that it was you")),
                    ('can_appeal', models.CharField(choices=[('not-found', 'Not found yet'), ('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('-', 'Does not apply')], default='not-found', max_length=10, verbose_name='appeal against a decision')),
                    ('can_block', models.CharField(choices=[('not-found', 'Not found yet'), ('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('-', 'Does not apply')], default='not-found', max_length=10, verbose_name='block someone')),
                    ('can_restrict', models.CharField(choices=[('not-found', 'Not found yet'), ('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('-', 'Does not apply')], default='not-found', max_length=10, verbose_name='restrict someone without blocking them')),
                    ('can_limit_messages', models.CharField(choices=[('not-found', 'Not found yet'), ('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('-', 'Does not apply')], default='not-found', max_length=10, verbose_name='choose who can message you')),
                    ('can_filter_comments', models.CharField(choices=[('not-found', 'Not found yet'), ('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('-', 'Does not apply')], default='not-found', max_length=10, verbose_name='filter comments')),
                    ('can_filter_feed', models.CharField(choices=[('not-found', 'Not found yet'), ('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('-', 'Does not apply')], default='not-found', max_length=10, verbose_name='filter your feed')),
                    ('has_private_account', models.CharField(choices=[('not-found', 'Not found yet'), ('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('-', 'Does not apply')], default='not-found', max_length=10, verbose_name='private account')),
                    ('has_family_tools', models.CharField(choices=[('not-found', 'Not found yet'), ('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('-', 'Does not apply')], default='not-found', max_length=10, verbose_name='parental controls')),
                    ('alerts_family', models.CharField(choices=[('not-found', 'Not found yet'), ('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('-', 'Does not apply')], default='not-found', max_length=10, verbose_name='a parent may be told what a child does in the app')),
                ],
                options={
                    'verbose_name': 'app',
                    'verbose_name_plural': 'apps: rules and settings',
                    'ordering': ['order', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('slug_ind',), name='platform_slug_ind'), models.UniqueConstraint(fields=('slug_en',), name='platform_slug_en')],
                },
            ),
            migrations.CreateModel(
                name='PlatformSource',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('url', models.URLField(max_length=500, verbose_name='address')),
                    ('publisher', models.CharField(max_length=120, verbose_name='published by')),
                    ('title', models.CharField(blank=True, max_length=200, verbose_name='what it supports')),
                    ('title_ind', models.CharField(blank=True, max_length=200, null=True, verbose_name='what it supports')),
                    ('title_en', models.CharField(blank=True, max_length=200, null=True, verbose_name='what it supports')),
                    ('dated', models.CharField(blank=True, help_text='As written on the source: 7 Jan 2026, Jan 2026 or 2026.', max_length=30, verbose_name='date on the source')),
                    ('checked_on', models.DateField(blank=True, help_text='The day a staff member opened it and confirmed that it still says this.', null=True, verbose_name='checked on')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('mark', models.CharField(choices=[('official', 'official page'), ('press', 'press'), ('secondary', 'other source')], help_text='Official: an authority, an app or a reporting tool about itself, on its own site. Press: news. Other: everyone else, such as aid organisations, law firms, blogs and copies of laws.', max_length=10, verbose_name='kind of source')),
                    ('platform', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='education.platform')),
                    ('is_stored_copy', models.BooleanField(db_default=False, default=False, help_text='Somebody opened the page itself? Untick it and enter that day as "checked on".', verbose_name='read as a stored copy')),
                ],
                options={
                    'verbose_name': 'source',
                    'verbose_name_plural': 'sources',
                    'ordering': ['position', 'pk'],
                    'abstract': False,
                },
            ),
            migrations.AlterModelOptions(
                name='guide',
                options={'ordering': ['number'], 'permissions': [('publish_content', 'Can publish content'), ('approve_content', 'Can approve content for a publisher'), ('unpublish_content', 'Can unpublish content immediately'), ('write_original', 'Can change the original text and all other fields, not only the translation')], 'verbose_name': 'guide', 'verbose_name_plural': 'guides'},
            ),
            migrations.AddField(
                model_name='guide',
                name='not_needed',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='helpline',
                name='not_needed',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='lesson',
                name='not_needed',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='news',
                name='not_needed',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='organisation',
                name='not_needed',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='page',
                name='not_needed',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='quiz',
                name='not_needed',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='term',
                name='not_needed',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='guide',
                name='not_ready',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='guide',
                name='told_changes',
                field=models.JSONField(db_default=[], default=list, editable=False),
            ),
            migrations.AddField(
                model_name='helpline',
                name='not_ready',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='helpline',
                name='told_changes',
                field=models.JSONField(db_default=[], default=list, editable=False),
            ),
            migrations.AddField(
                model_name='lesson',
                name='not_ready',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='lesson',
                name='told_changes',
                field=models.JSONField(db_default=[], default=list, editable=False),
            ),
            migrations.AddField(
                model_name='news',
                name='not_ready',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='news',
                name='told_changes',
                field=models.JSONField(db_default=[], default=list, editable=False),
            ),
            migrations.AddField(
                model_name='organisation',
                name='not_ready',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='organisation',
                name='told_changes',
                field=models.JSONField(db_default=[], default=list, editable=False),
            ),
            migrations.AddField(
                model_name='page',
                name='not_ready',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='page',
                name='told_changes',
                field=models.JSONField(db_default=[], default=list, editable=False),
            ),
            migrations.AddField(
                model_name='quiz',
                name='not_ready',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='quiz',
                name='told_changes',
                field=models.JSONField(db_default=[], default=list, editable=False),
            ),
            migrations.AddField(
                model_name='term',
                name='not_ready',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='term',
                name='told_changes',
                field=models.JSONField(db_default=[], default=list, editable=False),
            ),
            migrations.AddField(
                model_name='revision',
                name='told',
                field=models.JSONField(db_default={}, default=dict),
            ),
            migrations.AddField(
                model_name='guide',
                name='cover',
                field=models.ForeignKey(blank=True, db_index=False, help_text='A picture of the library. Shown on the guide, and beside its link in chats. Not for sensitive ones.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='education.picture', verbose_name='cover'),
            ),
            migrations.AddField(
                model_name='guide',
                name='cover_alt',
                field=models.CharField(blank=True, default='', db_default='', help_text='Empty: taken from the library when you save.', max_length=200, verbose_name='alt text of the cover'),
            ),
            migrations.AddField(
                model_name='guide',
                name='cover_alt_ind',
                field=models.CharField(blank=True, default='', db_default='', help_text='Empty: taken from the library when you save.', max_length=200, null=True, verbose_name='alt text of the cover'),
            ),
            migrations.AddField(
                model_name='guide',
                name='cover_alt_en',
                field=models.CharField(blank=True, default='', db_default='', help_text='Empty: taken from the library when you save.', max_length=200, null=True, verbose_name='alt text of the cover'),
            ),
            migrations.AddField(
                model_name='guidesource',
                name='mark',
                field=models.CharField(blank=True, choices=[('official', 'official page'), ('press', 'press'), ('secondary', 'other source')], db_default='', default='', help_text='Official: an authority, an app or a reporting tool about itself, on its own site. Press: news. Other: everyone else, such as aid organisations, law firms, blogs and copies of laws.', max_length=10, verbose_name='kind of source'),
            ),
            migrations.AddField(
                model_name='audience',
                name='archive_at',
                field=models.DateTimeField(blank=True, help_text='Empty: it stays published until someone unpublishes it.', null=True, verbose_name='unpublish on'),
            ),
            migrations.AddField(
                model_name='audience',
                name='changed_on',
                field=models.DateField(editable=False, null=True, verbose_name='last change'),
            ),
            migrations.AddField(
                model_name='audience',
                name='not_needed',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='audience',
                name='not_ready',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='audience',
                name='outdated_fields',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='audience',
                name='publish_at',
                field=models.DateTimeField(blank=True, help_text='Empty: as soon as it is published. A change to a published page goes live at this time; until then readers see the current page.', null=True, verbose_name='publish on'),
            ),
            migrations.AddField(
                model_name='audience',
                name='state',
                field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_default='published', default='draft', editable=False, max_length=10, verbose_name='status'),
            ),
            migrations.AddField(
                model_name='audience',
                name='told_changes',
                field=models.JSONField(db_default=[], default=list, editable=False),
            ),
            migrations.AddField(
                model_name='topic',
                name='archive_at',
                field=models.DateTimeField(blank=True, help_text='Empty: it stays published until someone unpublishes it.', null=True, verbose_name='unpublish on'),
            ),
            migrations.AddField(
                model_name='topic',
                name='changed_on',
                field=models.DateField(editable=False, null=True, verbose_name='last change'),
            ),
            migrations.AddField(
                model_name='topic',
                name='not_needed',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='topic',
                name='not_ready',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='topic',
                name='outdated_fields',
                field=models.JSONField(db_default={}, default=dict, editable=False),
            ),
            migrations.AddField(
                model_name='topic',
                name='publish_at',
                field=models.DateTimeField(blank=True, help_text='Empty: as soon as it is published. A change to a published page goes live at this time; until then readers see the current page.', null=True, verbose_name='publish on'),
            ),
            migrations.AddField(
                model_name='topic',
                name='state',
                field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], db_default='published', default='draft', editable=False, max_length=10, verbose_name='status'),
            ),
            migrations.AddField(
                model_name='topic',
                name='told_changes',
                field=models.JSONField(db_default=[], default=list, editable=False),
            ),
            migrations.AlterField(
                model_name='searchdoc',
                name='kind',
                field=models.CharField(choices=[('guide', 'Guide'), ('page', 'Page'), ('helpline', 'Helpline'), ('term', 'Term'), ('news', 'News'), ('quiz', 'Quiz'), ('lesson', 'Lesson'), ('platform', 'App: rules and settings')], max_length=8),
            ),
            migrations.AlterField(
                model_name='synonym',
                name='first',
                field=models.CharField(blank=True, help_text='Results that must come first, in this order, separated by commas: guide numbers, keys of pages or helplines, app- and the key of an app, “emergency”, “helplines”, “lessons”, “quizzes” or “platforms”.', max_length=100, verbose_name='pinned to top'),
            ),
        ),
        migrations.RunPython(record_what_readers_see, migrations.RunPython.noop),
    ]
