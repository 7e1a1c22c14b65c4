"""Links to a heading keep working while the heading exists, also when text around it changes."""

import re
from io import StringIO
from itertools import product

import pytest
from django.core.management import call_command

from education.models import Guide, Revision
from education.publishing import checks, workflow
from education.rendering import heading_anchors, html_text
from education.starter import files
from safetycenter.transitions import NotAllowed
from tests.education.admin_pages import a_guide, send

from . import factory

THREE = '<h2 id="s1">Satu</h2><p>A</p><h2 id="s2">Dua</h2><p>B</p><h2 id="s3">Tiga</h2><p>C</p>'


def typed(html: str) -> str:
    """``html`` as the editor in the browser sends it: without ids."""
    return re.sub(r' id="s\d+"', "", html)


def kept(html: str) -> list[tuple[str, str]]:
    return heading_anchors.headings(heading_anchors.keep_anchors(html, THREE))


def test_heading_keeps_its_anchor_when_one_is_added_before_it():
    assert kept("<h2>Nol</h2>" + typed(THREE))[1:] == heading_anchors.headings(THREE)


def test_heading_keeps_its_anchor_when_it_is_moved():
    assert dict(kept("<h2>Tiga</h2><h2>Satu</h2><h2>Dua</h2>")) == dict(heading_anchors.headings(THREE))


def test_reworded_heading_keeps_its_anchor():
    assert kept(typed(THREE).replace("Dua", "Kedua"))[1] == ("s2", "Kedua")


def test_new_heading_never_gets_the_anchor_of_a_removed_one():
    without = "<h2>Satu</h2><h2>Dua</h2>"
    added = heading_anchors.keep_anchors(
        f"{without}<h2>Empat</h2><h2>Lima</h2>", heading_anchors.keep_anchors(without, THREE)
    )
    assert "s3" not in dict(heading_anchors.headings(added))


def test_copied_heading_gets_an_anchor_of_its_own():
    anchors = [anchor for anchor, _text in heading_anchors.headings(THREE + THREE)]
    assert len(set(anchors)) == 6


@pytest.mark.sampled(3)
@pytest.mark.django_db
@pytest.mark.parametrize(("number", "language"), list(product((6, 14, 27, 31), ("id", "en"))))
def test_shipped_links_lead_to_the_heading_they_name(starter, number, language):
    guide = Guide.objects.get(number=number)
    headings = heading_anchors.headings(guide.text("body", language))
    links = html_text.links(guide.text("checklist", language) + guide.text("body", language))
    inner = [link for link in links if link.href.startswith("#")]
    assert inner
    for link in inner:
        assert re.search(r"bagian terakhir|last part", link.text)
        assert link.href == f"#{headings[-1][0]}" == "#s7"


@pytest.mark.sampled(3)
@pytest.mark.django_db
@pytest.mark.parametrize("number", [6, 27, 31])
def test_shipped_links_about_suicide_lead_to_help_with_it(visit, starter, number):
    for language, words in (("id", "mengakhiri hidup"), ("en", "ending your life")):
        page = visit(Guide.objects.get(number=number), language).text
        assert re.search(rf'{words}.{{0,150}}<a href="#s7"', page, re.DOTALL | re.IGNORECASE)
        assert "119" in page.split('<h2 id="s7">')[1]


@pytest.mark.slow
@pytest.mark.django_db
def test_added_heading_keeps_existing_link_targets(signed_in, starter, person):
    guide = Guide.objects.get(number=6)
    target = dict(heading_anchors.headings(guide.body_ind))["s7"]
    send(signed_in("editor"), guide, body_ind="<h2>Baru</h2><p>Isi.</p>" + typed(guide.body_ind))
    agreed = {finding.name for finding in checks.findings(workflow.candidate_for(guide))}
    workflow.perform(guide, "publish", person("publisher"), note="Read.", confirmed=agreed)
    now = dict(heading_anchors.headings(Guide.objects.get(number=6).body_ind))
    assert now["s7"] == target
    assert "Baru" in now.values()


@pytest.mark.slow
@pytest.mark.django_db
def test_newer_file_keeps_the_anchors_that_headings_have(starter, monkeypatch):
    before = dict(heading_anchors.headings(Guide.objects.get(number=6).body_ind))
    guides = [dict(guide) for guide in files.items("guides")]
    (guide,) = (guide for guide in guides if guide["number"] == 6)
    guide["id"] = guide["id"] | {"body": f"<h2>Baru</h2><p>Isi.</p>{guide['id']['body']}"}
    original = files.items
    monkeypatch.setattr(files, "items", lambda kind: guides if kind == "guides" else original(kind))
    call_command("load_starter_content", stdout=StringIO())
    after = dict(heading_anchors.headings(Guide.objects.get(number=6).body_ind))
    assert after.items() > before.items()


@pytest.mark.slow
@pytest.mark.django_db
def test_saving_unchanged_keeps_anchors_and_makes_no_proposal(signed_in):
    guide = a_guide(body_ind=THREE)
    send(signed_in("editor"), guide, body_ind=typed(THREE))
    assert not Revision.objects.for_item(guide).exists()


def publish_finding(guide, **changes) -> dict[str, str]:
    """Level of each finding about headings, by its field, if ``changes`` were published."""
    now = workflow.pending_or_live(guide)
    found = checks.findings(checks.Candidate(guide, now | changes, now))
    return {f.field: f.level for f in found if f.name.startswith("heading-") or "#s" in f.text}


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("field", ["body_ind", "checklist_ind", "easy_ind"])
@pytest.mark.parametrize(("anchor", "level"), [("s99", checks.ERROR), ("s2", None)])
def test_missing_heading_blocks_publishing(field, anchor, level):
    link = f'<a href="#{anchor}">bagian itu</a>'
    text = link if field == "checklist_ind" else f"{THREE}<p>{link}</p>"
    assert publish_finding(factory.guide(body_ind=THREE), **{field: text}).get(field) == level


@pytest.mark.django_db
def test_easy_version_has_headings_of_its_own():
    guide = factory.guide(body_ind=THREE)
    assert publish_finding(guide, easy_ind='<p><a href="#s2">bagian itu</a></p>') == {"easy_ind": checks.ERROR}


@pytest.mark.django_db
def test_missing_heading_of_another_guide_blocks_publishing():
    other, guide = factory.guide(number=9920, body_ind=THREE), factory.guide()
    for anchor, level in (("s3", None), ("s9", checks.ERROR)):
        link = f'<p><a href="/id/p/{other.number}/#{anchor}">bagian itu</a></p>'
        assert publish_finding(guide, body_ind=link).get("body_ind") == level


@pytest.mark.django_db
def test_linked_heading_that_says_something_else_needs_a_tick(person):
    guide = factory.guide(body_ind=THREE, checklist_ind='<a href="#s3">Baca bagian terakhir</a>')
    text = workflow.pending_or_live(guide)
    workflow.save_proposal(guide, person("editor"), text | {"body_ind": THREE.replace("Tiga", "Kalau umurmu 18 tahun")})
    publisher = person("publisher")
    with pytest.raises(NotAllowed, match="Kalau umurmu 18 tahun"):
        workflow.perform(guide, "publish", publisher, note="Read.")
    agreed = {finding.name for finding in checks.findings(workflow.candidate_for(guide))}
    assert workflow.perform(guide, "publish", publisher, note="Read.", confirmed=agreed)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("change", ["<h2>Satu</h2><h2>Dua</h2>", THREE.replace("Tiga", "Lain")])
def test_heading_to_which_another_guide_links_needs_a_tick(change):
    guide = factory.guide(number=9921, body_ind=THREE)
    factory.guide(body_ind='<p><a href="/id/p/9921/#s3">bagian itu</a></p>')
    assert publish_finding(guide, body_ind=change) == {"body_ind": checks.CONFIRM}
    assert not publish_finding(guide, body_ind=THREE.replace("Dua", "Kedua"))


@pytest.mark.django_db
def test_form_lists_the_addresses_of_headings(signed_in):
    guide = a_guide(body_ind=THREE)
    page = signed_in("editor").get(f"/admin/education/guide/{guide.pk}/change/").text
    assert "<code>#s3</code> Tiga" in page
