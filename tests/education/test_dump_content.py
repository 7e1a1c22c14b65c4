"""The published content, written as starter files."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from education.management.starter_rows import SAVERS
from education.models import Guide, State, Term
from education.models.serialization import snapshot
from education.starter import files

from . import factory, library

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
    shipped = sum(len(files.items(kind)) for kind in SAVERS)
    assert dumped(tmp_path).startswith(f"{shipped - 1} items")
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


def test_dumped_guide_names_its_pictures_and_holds_none(tmp_path):
    picture = library.picture()
    factory.guide(number=9000, cover=picture, **library.both(picture))
    said = dumped(tmp_path)
    text = (tmp_path / "guides/9000.toml").read_text()
    for place in ("body_ind: “Kunci kuning” (Kuncimu)", "body_en: “A yellow key” (Your key)", "cover: kunci"):
        assert f"guides 9000, {place}" in said
        assert f"# Picture left out, add it to the library and to the text: 9000, {place}" in text
    assert "data-file" not in text
    assert "<p>Isi.</p>" in text


def test_dump_says_which_texts_are_not_needed(tmp_path):
    marks = {"slang_en": {"since": "2027-05-03", "by": 7}}
    term = factory.term(slang_ind="peras", slang_en="", not_needed=marks)
    dumped(tmp_path)
    (item,) = files.read(tmp_path / "glossary.toml")["terms"]
    assert item["not_needed"] == ["slang_en"]
    Term.objects.update(not_needed={})
    SAVERS["glossary"][2](term := Term.objects.get(pk=term.pk), item)
    assert term.not_needed.keys() == {"slang_en"}


@pytest.mark.parametrize("written", ["<figure><img data-file='{}' alt='Peta'></figure>", '<IMG alt="x" data-file={}>'])
def test_loaded_text_shows_no_picture_of_this_site(visit, written):
    picture = library.picture()
    guide = factory.guide()
    save = SAVERS["guides"][2]
    item = {"topic": guide.topic.key, "audiences": [], "sources": [], "helplines": []}
    save(guide, item | {"id": {"body": "<h2>Satu</h2><p>Isi.</p>" + written.format(picture.pk)}})
    html = visit(guide).text
    assert "Isi." in html
    assert "/pictures/" not in html
