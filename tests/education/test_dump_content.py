"""The published content, written as starter files."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from education.management.starter_rows import SAVERS
from education.models import Guide, State, Term
from education.models.serialization import snapshot
from education.starter import files

pytestmark = pytest.mark.django_db


def dumped(folder) -> str:
    out = StringIO()
    call_command("dump_content", folder, stdout=out)
    return out.getvalue()


@pytest.fixture
def read_from(monkeypatch):
    """``read_from(folder)``: starter files are read from there."""

    def do(folder) -> None:
        monkeypatch.setattr(files, "FOLDER", folder)
        monkeypatch.setattr(files, "HELP_FILES", folder / "help")
        files.items.cache_clear()

    yield do
    files.items.cache_clear()


@pytest.mark.slow
def test_dumped_content_loads_as_the_same_content(starter, tmp_path, read_from):
    odd = {"title_en": 'He said "stop" \\ and """left"""', "checklist_en": 'First "one"\nSecond', "easy_en": '\\"\n"'}
    Guide.objects.filter(number=6).update(**odd)
    words = [item["key"] for item in files.items("glossary")]
    Term.objects.filter(key=words[0]).update(state=State.DRAFT)
    assert dumped(tmp_path).startswith("669 items")
    assert (tmp_path / "glossary.toml").read_text().startswith("# Glossary words.")
    read_from(tmp_path)
    assert [item["key"] for item in files.items("glossary")] == words[1:]
    for kind, (model, key, save) in SAVERS.items():
        for item in files.items(kind)[:: 5 if kind == "guides" else 20]:
            row = model._default_manager.get(**{key: item[key]})
            before = snapshot(row)
            save(row, item)
            row.refresh_from_db()
            assert snapshot(row) == before, (kind, item[key])


def test_dump_into_a_file_is_refused(tmp_path):
    (tmp_path / "taken").write_text("x")
    with pytest.raises(CommandError, match="cannot be written"):
        dumped(tmp_path / "taken")
