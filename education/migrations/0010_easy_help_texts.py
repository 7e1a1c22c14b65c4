from django.db import migrations, models

PERSONS = [
    ("me", "The person it happened to (kamu)"),
    ("easy", "The person it happened to, in easier words (kamu)"),
    ("adult", "The person it happened to, a parent or teacher (Anda)"),
    ("child", "Parent or carer of a child (Anda)"),
    ("pupil", "Teacher of a pupil (Anda)"),
    ("friend", "Friend, brother or sister (kamu)"),
    ("stranger", "Somebody who saw it (kamu)"),
    ("did_it", "Somebody who did something (kamu)"),
]


class Migration(migrations.Migration):
    """Further persons of a help text. The column stays as it is, and the version before ignores rows that it cannot name."""

    dependencies = [("education", "0009_guide_cover")]

    operations = [
        migrations.AlterField(
            model_name="helpblock",
            name="person",
            field=models.CharField(choices=PERSONS, editable=False, max_length=10, verbose_name="person"),
        ),
    ]
