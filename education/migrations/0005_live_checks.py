import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('education', '0004_releases_of_corrections'),
    ]

    operations = [
        migrations.CreateModel(
            name='LiveCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('name', models.JSONField(default=dict)),
                ('errors', models.JSONField(default=list)),
                ('rank', models.PositiveSmallIntegerField(default=0)),
                ('checked_at', models.DateTimeField()),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id'), name='one_live_check_for_each_item')],
            },
        ),
    ]
