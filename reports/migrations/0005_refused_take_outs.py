import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0004_clocks_of_registers_and_police'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='policehandover',
            name='one_open_hand_over_of_a_lead',
        ),
        migrations.AddField(
            model_name='policehandover',
            name='refused_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='policehandover',
            name='refused_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='policehandover',
            constraint=models.UniqueConstraint(condition=models.Q(('recorded_at', None), ('refused_at', None)), fields=('case', 'asked_by'), name='one_open_hand_over_of_a_lead'),
        ),
    ]
