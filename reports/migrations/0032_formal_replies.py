from django.db import migrations, models

HELP = (
    "For a parent, carer or teacher who reports for a child: “Anda” in Indonesian, about the child, not about the "
    "reader. Empty: the text above is used."
)


def column(name: str) -> migrations.AddField:
    """Add one nullable text column, which the version before does not know and need not fill."""
    return migrations.AddField(
        model_name="replytemplate",
        name=name,
        field=models.TextField(
            blank=True, help_text=HELP, max_length=2000, null=True, verbose_name="text for a parent or teacher"
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0031_desk_views")]

    operations = [column("formal"), column("formal_ind"), column("formal_en")]
