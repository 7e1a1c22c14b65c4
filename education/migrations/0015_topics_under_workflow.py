from django.db import migrations, models

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

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('education', '0014_guide_source_mark'),
    ]

    operations = [
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
        migrations.RunPython(record_what_readers_see, migrations.RunPython.noop),
    ]
