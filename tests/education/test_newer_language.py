"""An outdated page says so in its language, with a link to the newer one, and only where it shows the field."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format
from django.utils.translation import override

from education.admin import preview
from education.models import Guide
from education.publishing import translation_status, workflow
from education.views.guide import SHOWN_FIELDS
from tests.education.budgets import MOST_QUERIES

from . import factory

pytestmark = pytest.mark.django_db
NOTICE = {"id": "lebih baru", "en": "is newer"}


@pytest.mark.slow
@pytest.mark.parametrize(("language", "source", "changed"), [("en", "id", "body_ind"), ("id", "en", "body_en")])
def test_outdated_page_links_the_newer_language(publish, visit, language, source, changed):
    guide = publish(factory.guide(), **{changed: "<p>New.</p>"})
    text = visit(guide, language).text
    notice = text.partition("</h1>")[2].partition("</p>")[0]
    with override(language):
        assert date_format(translation_status.outdated_entries(guide)[0].since, "j F Y") in notice
    assert NOTICE[language] in notice
    assert f'href="/{source}/' in notice
    assert f'hreflang="{source}" lang="{source}"' in notice


def test_current_page_shows_no_newer_notice(behind, visit):
    assert NOTICE["id"] not in visit(behind, "id").text
    assert NOTICE["en"] not in visit(factory.guide(), "en").text


@pytest.mark.slow
@pytest.mark.parametrize("make", [factory.page, factory.news, factory.lesson])
def test_every_kind_of_page_shows_the_newer_notice(publish, visit, make):
    item = publish(make(), body_ind="<p>Baru.</p>")
    assert NOTICE["en"] in visit(item, "en").text


@pytest.mark.slow
def test_quiz_notice_covers_its_situations(publish, visit):
    quiz = factory.quiz()
    publish(quiz, scenarios=[factory.SCENARIO | {"guide": None, "situation_ind": "Lain."}])
    assert NOTICE["en"] in visit(quiz, "en").text


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("field", "saying"),
    [("easy", {"easy"}), ("body", {"guide"}), ("checklist", {"guide", "handout"}), ("reviewed_by", set())],
)
def test_newer_notice_covers_only_shown_fields(publish, client, there, field, saying):
    both = {"easy_ind": "<p>Mudah.</p>", "easy_en": "<p>Easy.</p>", "reviewed_by_ind": "psikolog"}
    guide = publish(factory.guide(**both, reviewed_by_en="psychologist"), **{f"{field}_ind": "<p>Baru.</p>"})
    said = {
        page: NOTICE["en"] in client.get(there(f"education:{page}", guide.slug_en, language="en")).text
        for page in SHOWN_FIELDS
    }
    assert {page for page, does in said.items() if does} == saying


@pytest.mark.slow
def test_easy_version_leads_to_the_easy_version(publish, client, there):
    guide = publish(factory.guide(easy_ind="<p>Mudah.</p>", easy_en="<p>Easy.</p>"), easy_ind="<p>Lain.</p>")
    text = client.get(there("education:easy", guide.slug_en, language="en")).text
    assert f'href="{there("education:easy", guide.slug_ind)}"' in text.partition("</h1>")[2].partition("</p>")[0]


@pytest.mark.slow
def test_newer_link_of_sensitive_page_is_neutral(publish, visit):
    line = factory.helpline("sapa-129", "129")
    guide = factory.guide(sensitive=True)
    factory.fits(guide, line)
    text = visit(publish(guide, body_ind="<p>Baru.</p>"), "en").text
    assert f'href="/id/p/{guide.number}/" hreflang="id"' in text.partition("</h1>")[2].partition("</p>")[0]


@pytest.mark.slow
def test_language_that_is_gone_is_not_called_newer(behind, visit):
    Guide.objects.update(title_ind="")
    assert NOTICE["en"] not in visit(Guide.objects.get(pk=behind.pk), "en").text


@pytest.mark.slow
def test_notice_goes_from_kept_pages_with_the_confirmation(behind, reader, there, person):
    address = there("education:guide", behind.slug_en, language="en")
    assert NOTICE["en"].encode() in reader.get(address).body
    workflow.perform(
        behind, "confirm", person("editor"), confirmed={translation_status.outdated_entries(behind)[0].name}
    )
    assert NOTICE["en"].encode() not in reader.get(address).body


@pytest.mark.slow
def test_newer_notice_needs_no_query(visit, publish):
    factory.emergency_set()
    guide = factory.guide()
    with CaptureQueriesContext(connection) as before:
        visit(guide, "en")
    guide = publish(guide, body_ind="<p>Baru.</p>")
    with CaptureQueriesContext(connection) as after:
        assert NOTICE["en"] in visit(guide, "en").text
    assert len(after) <= min(len(before), MOST_QUERIES)


@pytest.mark.slow
def test_preview_shows_what_publishing_would_say(client, person):
    guide = factory.guide()
    workflow.save_proposal(guide, person("editor"), workflow.pending_or_live(guide) | {"body_ind": "<p>Baru.</p>"})
    assert NOTICE["en"] in client.get(preview.preview_url(guide, "en")).text
    assert Guide.objects.get(pk=guide.pk).outdated_fields == {}
