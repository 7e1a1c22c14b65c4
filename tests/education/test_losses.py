"""Each loss for readers in a change needs a confirmation that names it."""

import pytest

from education.models import Guide
from education.publishing import checks, workflow

from . import factory

pytestmark = pytest.mark.django_db
BODY = (
    "<h2>Satu</h2><p>Isi yang panjang tentang apa yang bisa dilakukan sekarang juga.</p><h2>Dua</h2>"
    '<p>Hubungi 0811-1129-129 atau <a href="https://takeitdown.ncmec.org/id/">Take It Down</a>.</p>'
)


def losses(guide: Guide, **changes) -> list[checks.Finding]:
    """What needs a confirmation if ``changes`` of a live ``guide`` were published."""
    now = workflow.pending_or_live(guide)
    return [
        found for found in checks.findings(checks.Candidate(guide, now | changes, now)) if found.level == checks.CONFIRM
    ]


@pytest.fixture
def guide():
    return factory.guide(body_ind=BODY)


def test_each_loss_needs_its_own_confirmation(guide):
    said = " ".join(found.text for found in losses(guide, body_ind="<p>Halo.</p>"))
    assert all(part in said for part in ("Satu", "Dua", "takeitdown.ncmec.org", "0811-1129-129", "1 kata"))


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("gone", "named"),
    [
        ("<h2>Dua</h2>", "Dua"),
        ('<a href="https://takeitdown.ncmec.org/id/">Take It Down</a>', "takeitdown.ncmec.org"),
        ("0811-1129-129", "0811-1129-129"),
    ],
)
def test_what_disappears_is_named(guide, gone, named):
    (found,) = losses(guide, body_ind=BODY.replace(gone, ""))
    assert named in found.text
    assert found.field == "body_ind"


@pytest.mark.parametrize("change", [{"body_ind": BODY.replace("sekarang juga", "nanti")}, {"title_ind": "Lain"}])
def test_ordinary_change_needs_no_confirmation(guide, change):
    assert losses(guide, **change) == []


def test_what_moves_to_another_text_is_not_lost(guide):
    link = '<a href="https://takeitdown.ncmec.org/id/">Take It Down</a>'
    assert losses(guide, body_ind=BODY.replace(link, ""), checklist_ind=f"Buka {link}.\nTelepon.") == []


def test_number_of_a_helpline_that_disappears_is_named():
    factory.helpline("sapa-129", "129")
    guide = factory.guide(short_answer_ind="Telepon SAPA 129 malam ini.")
    (found,) = losses(guide, short_answer_ind="Telepon seseorang malam ini.")
    assert "129" in found.text


def test_helpline_that_disappears_is_named(guide):
    factory.fits(guide, factory.helpline("sapa-129", "129"))
    (found,) = losses(guide, guidehelpline_set=[])
    assert "sapa-129" in found.text


def test_confirmation_covers_only_this_change(guide):
    two = losses(guide, body_ind=BODY.replace("<h2>Satu</h2>", "").replace("<h2>Dua</h2>", ""))
    one = losses(guide, body_ind=BODY.replace("<h2>Satu</h2>", ""))
    assert not {found.name for found in one} & {found.name for found in two}


def test_guide_that_is_not_sensitive_any_more_needs_one():
    guide = factory.guide(sensitive=True)
    factory.fits(guide, factory.helpline("sapa-129", "129"))
    assert "sensitive" in {found.name for found in losses(guide, sensitive=False)}
    assert not losses(guide, title_ind="Lain")


def test_non_sensitive_sexual_guide_needs_one_confirmation(guide):
    topic = factory.topic("private-images")
    assert {found.field for found in losses(guide, topic=topic.pk)} == {"sensitive"}
    assert not losses(factory.guide(topic=topic), title_ind="Lain")


def test_disappearing_language_is_said_once(guide):
    found = losses(guide, title_ind="", body_ind="", short_answer_ind="")
    assert [loss.name for loss in found] == ["language-id"]


@pytest.mark.parametrize("change", [{"status": "retired"}, {"emergency": False}])
def test_helpline_that_leaves_its_place_needs_a_confirmation(change):
    line = factory.helpline("polri-110", "110", emergency=True)
    (found,) = losses(line, **change)
    assert found.field in change
