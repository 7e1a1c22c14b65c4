from django.db import migrations

# PostgreSQL multiplies the shares of conditions on different columns, as if any tier were as frequent in any state. Of
# resolved P0 cases it expected one where there were 27, so it read and sorted all of them to count up to 200. These
# statistics hold how often the values occur together. SQLite has none.
CREATE = "CREATE STATISTICS case_kinds (mcv) ON state, tier, restricted, withheld FROM reports_case"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute(CREATE)
        schema_editor.execute('ANALYZE reports_case')  # fills them; else they are empty until the next autovacuum


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute('DROP STATISTICS case_kinds')


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0005_refused_take_outs'),
    ]

    operations = [
        migrations.RunPython(create, drop),
    ]
