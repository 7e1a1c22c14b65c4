from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("safetycenter", "0002_invitation"),
    ]

    operations = [
        # Null for what a node of an older release writes during an update: then every page was touched.
        migrations.AddField(
            model_name="cacheversion",
            name="touched",
            field=models.JSONField(null=True),
        ),
    ]
