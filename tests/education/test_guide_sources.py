"""Sources of guides: their mark, from the form to the reader, and how many a guide needs."""

from datetime import date

import pytest

from education.management import corrections
from education.models import Guide, Revision, StarterItem
from education.models.serialization import snapshot
from education.publishing import checks, workflow
from education.publishing.checks.sources import are_enough
from education.starter import files
from tests.education.admin_pages import a_guide, send
from tests.launch_content import run_load_command

from . import factory

pytestmark = pytest.mark.django_db
ROW = {"url": "https://x.example/", "publisher": "X", "title_ind": "Isi", "title_en": "Text", "dated": "2025"}


def rows(*said: tuple[str, str]) -> list[dict]:
    """Sources by publisher and mark, all of them checked."""
    return [ROW | {"publisher": name, "mark": mark, "checked_on": "2026-11-26"} for name, mark in said]


@pytest.mark.parametrize(
    ("mark", "said"), [("official", "halaman resmi"), ("press", "berita"), ("secondary", "sumber lain"), ("", "")]
)
def test_source_of_a_guide_shows_its_mark(visit, mark, said):
    guide = factory.guide()
    guide.sources.create(**ROW, mark=mark)
    shown = visit(guide).text.split('<ul class="sources">')[1].split("</ul>")[0]
    assert [word for word in ("halaman resmi", "berita", "sumber lain") if f"<span>{word}</span>" in shown] == [
        *filter(None, [said])
    ]


def test_editor_changes_a_mark_and_readers_see_it_published(signed_in, visit, person):
    guide = a_guide()
    guide.sources.create(**ROW)
    send(signed_in("editor"), guide, **{"sources-0-mark": "press"})
    assert "<span>berita</span>" not in visit(guide).text
    workflow.perform(guide, "publish", person("publisher"), note="Read.")
    assert "<span>berita</span>" in visit(guide).text


def test_text_from_before_marks_is_published_without_one(visit, publish):
    guide = factory.guide()
    old = [{name: value for name, value in row.items() if name != "mark"} for row in rows(("Kompas", ""))]
    publish(guide, sources=old)
    assert guide.sources.get().mark == ""
    assert "Kompas" in visit(guide).text


@pytest.mark.parametrize(
    ("said", "enough"),
    [
        ([("A", "official"), ("A", ""), ("A", "")], True),
        ([("A", "press"), ("A", "press"), ("B", "secondary")], True),
        ([("Kompas", ""), ("Kompas.com", ""), ("Kompas (Antara)", "")], False),
        ([("Thorn, NCMEC", ""), ("NCMEC", ""), ("NCMEC", "")], False),
        ([("Thorn, NCMEC", ""), ("NCMEC, UNICEF", ""), ("UNICEF", "")], False),
        ([("A", "official"), ("B", "press")], False),
        ([], False),
    ],
)
def test_guide_needs_an_official_source_or_two_publishers(said, enough):
    assert are_enough(rows(*said)) is enough
    guide = factory.guide()
    candidate = checks.Candidate(guide, workflow.pending_or_live(guide) | {"sources": rows(*said)}, None)
    found = {finding.field for finding in checks.findings(candidate) if finding.level == checks.WARNING}
    assert found == (set() if enough else {"sources"})


def test_kinds_other_than_guides_need_no_sources():
    found = [checks.findings(workflow.candidate_for(item)) for item in (factory.news(), factory.page())]
    assert [finding.field for some in found for finding in some if finding.field == "sources"] == []


@pytest.fixture
def without_marks(starter):
    """``without_marks(6)``: the guide as an earlier release loaded it, whose sources had no mark."""

    def load(number: int) -> Guide:
        guide = Guide.objects.get(number=number)
        guide.sources.update(mark="", checked_on="2027-01-02")
        (loaded,) = Revision.objects.for_item(guide)
        loaded.data = snapshot(guide)
        for row in loaded.data["sources"]:
            del row["mark"]
        loaded.save()
        row_digest = corrections.text_digest(loaded.data)
        StarterItem.objects.filter(name=f"guides:{number}").update(row_digest=row_digest)
        return guide

    return load


def later(monkeypatch, number: int) -> None:
    """Make the files of a later release: the same guide with another date of its review."""
    found = [
        item | {"review_due": date(2028, 1, 1)} if item["number"] == number else item for item in files.items("guides")
    ]
    original = files.items
    monkeypatch.setattr(files, "items", lambda kind: found if kind == "guides" else original(kind))


def test_shipped_marks_reach_a_guide_that_nobody_edited(without_marks, monkeypatch):
    guide = without_marks(6)
    later(monkeypatch, 6)
    assert " 1 updated" in run_load_command()
    assert "" not in guide.sources.values_list("mark", flat=True)


def test_shipped_marks_wait_as_a_proposal_for_an_edited_guide(without_marks, monkeypatch):
    guide = without_marks(6)
    Guide.objects.filter(pk=guide.pk).update(title_ind="Judul kami")
    later(monkeypatch, 6)
    assert "proposed: guides:6" in run_load_command()
    assert set(guide.sources.values_list("mark", flat=True)) == {""}
    waiting = Revision.objects.waiting_proposal(guide).data
    assert (waiting["title_ind"], {row["mark"] for row in waiting["sources"]}) == (
        "Judul kami",
        {"official", "press", "secondary"},
    )
    assert {row["checked_on"] for row in waiting["sources"]} == {"2027-01-02"}
