from django.db import migrations, models

GROUPS = [
    ("me", "I am being bothered or threatened"),
    ("sexual", "Pictures or sexual things"),
    ("money", "Money, accounts and private data"),
    ("other", "Something else"),
]
HELP = (
    "For a parent, carer or teacher who reports for a child: “Anda” in Indonesian, about the child, not about the "
    "reader. Empty: the text above is used."
)
WHERE_IT_WAS, WHERE_IT_IS = {"group": "me", "order": 30}, {"group": "money", "order": 125}


def move_posted_data(apps, schema_editor):
    """Move "doxxing" beside accounts, so that each group has three to six; not where somebody has moved it before."""
    apps.get_model("reports", "Category").objects.filter(pk="doxxing", **WHERE_IT_WAS).update(**WHERE_IT_IS)


def formal(name: str) -> migrations.AddField:
    """Add one nullable text column, which the version before does not know and need not fill."""
    return migrations.AddField(
        model_name="checklistitem",
        name=name,
        field=models.TextField(
            blank=True, help_text=HELP, max_length=1000, null=True, verbose_name="text for a parent or teacher"
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0034_on_call_kinds")]

    operations = [
        migrations.AlterField(
            model_name="category",
            name="group",
            field=models.CharField(choices=GROUPS, max_length=10, verbose_name="group"),
        ),
        migrations.RunPython(move_posted_data, migrations.RunPython.noop),
        *(formal(name) for name in ("formal", "formal_ind", "formal_en")),
    ]
