"""A made-up migration after each release: ``/readyz`` refuses until it is applied, and then everything still opens."""

import shutil
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings
from django.urls import reverse

from reports import migrations, triggers
from reports.cases.lifecycle import perform
from reports.models import Case
from safetycenter import schema

# test_upgrade.py and test_set_up.py hold the same in `make test` for the migrations that exist.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("next migration")]
MIGRATION = """
from django.db import migrations, models


def fill(apps, schema_editor):
    for case in apps.get_model("reports", "Case").objects.all():
        case.made_up = f"P{case.tier}"
        case.save(update_fields=["made_up"])


class Migration(migrations.Migration):
    dependencies = [("reports", "LAST")]
    operations = [
        migrations.AddField("case", "made_up", models.CharField(max_length=9, null=True)),
        # SQLite makes the table again for this, without its triggers.
        migrations.AlterField("event", "action", models.CharField(max_length=60)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
"""


@pytest.fixture(scope="module")
def ahead(released, tmp_path_factory):
    """The code has one migration more than the release."""
    folder = tmp_path_factory.mktemp("later") / "later_reports_migrations"
    shutil.copytree(Path(migrations.__file__).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    last = max(path.stem for path in folder.glob("[0-9]*.py"))
    (folder / "9999_made_up.py").write_text(MIGRATION.replace("LAST", last))
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder.parent)
        import_module(folder.name)
        with override_settings(MIGRATION_MODULES={"reports": folder.name}):
            yield released


@pytest.fixture(scope="module")
def migrated(ahead):
    """The database after the command that an operator runs."""
    before = schema.waiting()
    call_command("set_up", stdout=StringIO())
    return before


@pytest.mark.logs_errors
@pytest.mark.usefixtures("ahead")
def test_readyz_refuses_while_a_migration_waits(client, caplog):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations are applied"]) == (503, False)
    waiting = schema.waiting()
    assert "reports.9999_made_up" in waiting
    assert waiting[0] in str([record.facts for record in caplog.records if hasattr(record, "facts")])


@pytest.mark.usefixtures("migrated")
def test_set_up_applies_the_migration_to_the_data_of_a_release(client):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tier, made_up FROM reports_case")
        rows = cursor.fetchall()
    assert len(rows) > 20
    assert all(made_up == f"P{tier}" for tier, made_up in rows)
    assert client.get("/readyz").json()["migrations are applied"]


@pytest.mark.usefixtures("migrated")
def test_triggers_are_there_after_the_migration():
    assert triggers.present()


@pytest.mark.usefixtures("migrated")
def test_record_is_whole_after_the_migration():
    call_command("verify_audit", stdout=StringIO(), stderr=StringIO())  # fails when a place is not whole


def test_desk_opens_the_story_after_the_migration(ahead, migrated, desk):
    assert "reports.9999_made_up" in migrated
    case = Case.objects.get(reference=ahead.ordinary["reference"])
    perform(case, "claim", by=User.objects.get(username="moderator"))
    page = desk("moderator").get(reverse("admin:reports_case_page", args=[ahead.ordinary["reference"]]), {"words": "1"})
    assert ahead.ordinary["story"] in page.text
