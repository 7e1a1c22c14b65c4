"""People who translate change the translation and nothing else, whatever their browser sends."""

import pytest

from education.models import Revision
from tests.education.admin_pages import a_guide, change_page, filled, send

from . import factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    guide = a_guide(sensitive=True, body_ind="<p>Asli.</p>")
    factory.fits(guide, factory.helpline("sapa-129", "129"))
    guide.sources.create(url="https://x.example/", publisher="X", title_ind="Asli", title_en="Old")
    return guide


def test_translator_edits_the_translation(signed_in, guide):
    send(signed_in("translator"), guide, title_en="New", body_en="<p>New.</p>", **{"sources-0-title_en": "New"})
    data = Revision.objects.waiting_proposal(guide).data
    assert (data["title_en"], data["body_en"], data["sources"][0]["title_en"]) == ("New", "<p>New.</p>", "New")
    assert (data["body_ind"], data["sources"][0]["url"], data["sensitive"]) == (
        "<p>Asli.</p>",
        "https://x.example/",
        True,
    )


@pytest.mark.parametrize(
    "sent",
    [
        {"title_ind": "Lain"},
        {"body_ind": "<p>Lain.</p>"},
        {"sensitive": ""},
        {"number": 9999},
        {"sources-0-url": "https://bad.example/"},
        {"sources-0-title_ind": "Lain"},
        {"sources-0-DELETE": "on"},
        {"sources-TOTAL_FORMS": 0},
        {"guidehelpline_set-TOTAL_FORMS": 0},
    ],
    ids=str,
)
@pytest.mark.sampled(5)
def test_translator_changes_nothing_else(signed_in, guide, sent):
    send(signed_in("translator"), guide, **sent)
    assert Revision.objects.waiting_proposal(guide) is None


def test_form_shows_the_rest_closed(signed_in, guide):
    fields = signed_in("translator").get(change_page(guide)).context["adminform"].form.fields
    assert fields["body_ind"].disabled
    assert not fields["body_en"].disabled


@pytest.mark.slow
def test_situations_of_a_quiz_are_translated_in_place(signed_in):
    quiz = factory.quiz()
    quiz.audiences.add(factory.audience())
    client = signed_in("translator")
    assert filled(client, quiz)["scenarios-TOTAL_FORMS"] == 1
    send(client, quiz, **{"scenarios-0-situation_en": "New.", "scenarios-0-situation_ind": "Lain."})
    (row,) = Revision.objects.waiting_proposal(quiz).data["scenarios"]
    assert (row["situation_en"], row["situation_ind"]) == ("New.", "Ada pesan.")


@pytest.mark.slow
def test_editor_changes_every_field(signed_in, guide):
    send(signed_in("author"), guide, title_ind="Lain")
    assert Revision.objects.waiting_proposal(guide).data["title_ind"] == "Lain"


@pytest.mark.slow
def test_translator_who_opens_a_form_closes_no_field_for_others(signed_in):
    line = factory.helpline("garis", "021-390-1234")
    signed_in("translator").get(change_page(line))
    form = signed_in("editor").get(change_page(line)).context["adminform"].form
    assert not form.fields["provinces"].disabled
