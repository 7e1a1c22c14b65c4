from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('education', '0006_publish_page'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExternalLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=500, unique=True, verbose_name='address')),
                ('result', models.CharField(blank=True, choices=[('works', 'Works'), ('moved', 'Moved'), ('gone', 'Not found'), ('unreachable', 'Could not be reached')], max_length=12, verbose_name='result')),
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
    ]
