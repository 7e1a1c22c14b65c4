"""Publishing and reading in three languages: `test_third_language.py` runs this file with `tests.settings_ms`."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from education import urls_for
from education.models import Guide
from education.publishing import translation_status, workflow
from reports.models import Category

from . import factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    malay = {"title_ms": "Tajuk", "slug_ms": "tajuk", "short_answer_ms": "Jawapan.", "body_ms": "<p>Isi.</p>"}
    return factory.guide(title_ind="Judul", slug_ind="judul", body_ind="<p>Lama.</p>", **malay)


def status(item) -> dict[str, str]:
    """The source of each column that is out of date."""
    return {gap.column: gap.source for gap in translation_status.outdated_entries(Guide.objects.get(pk=item.pk))}


def test_guide_is_read_in_the_third_language(visit, guide):
    page = visit(guide, "ms")
    assert page.status_code == 200
    assert all(
        part in page.text for part in ('<html lang="ms">', "Tajuk", "Jawapan.", 'hreflang="ms"', 'hreflang="en"')
    )


def test_front_page_offers_the_other_two_languages(client):
    page = client.get("/ms/")
    assert page.status_code == 200
    assert all(f'href="/{code}/" hreflang="{code}"' in page.text for code in ("id", "en"))


def test_slug_of_another_language_redirects(client, guide):
    own = urls_for.canonical_path(guide, "ms")
    assert client.get(own.replace("tajuk", "judul")).headers["Location"] == own


def test_guide_link_by_number_is_followed_in_the_third_language(visit, guide):
    other = factory.guide(title_ms="Lain", slug_ms="lain", short_answer_ms="Ya.", body_ms="<p>Isi.</p>")
    guide.body_ms = f'<p><a href="/ms/p/{other.number}/">Lain</a></p>'
    guide.save()
    assert f'href="{urls_for.canonical_path(other, "ms")}"' in visit(guide, "ms").text.partition("Tajuk</h1>")[2]


def test_one_changed_language_makes_both_others_outdated(publish, guide):
    publish(guide, body_ind="<p>Baru.</p>")
    assert status(guide) == {"body_en": "id", "body_ms": "id"}


def test_language_that_follows_is_current_and_marks_nobody(publish, guide):
    publish(publish(guide, body_ind="<p>Baru.</p>"), body_ms="<p>Baharu.</p>")
    assert status(guide) == {"body_en": "id"}


def test_two_changed_languages_make_the_third_outdated(publish, guide):
    publish(guide, body_ind="<p>Baru.</p>", body_en="<p>New.</p>")
    assert status(guide) == {"body_ms": "id"}


def test_language_that_is_not_written_is_not_outdated(publish):
    publish(two := factory.guide(), body_en="<p>New.</p>")
    assert status(two) == {"body_ind": "en"}
    assert "body" in translation_status.missing_fields(two, "ms")


def test_one_language_is_published_without_the_others(publish, guide, person):
    text = {"body_ind": "<p>Baru.</p>", "body_ms": "<p>Baharu.</p>"}
    workflow.save_proposal(guide, person("editor"), workflow.pending_or_live(guide) | text)
    assert ["ms"] in workflow.language_choices(guide)
    live = workflow.perform(guide, "publish", person("publisher"), languages=["ms"], note="Read.")
    assert (live.body_ms, live.body_ind) == ("<p>Baharu.</p>", "<p>Lama.</p>")
    assert status(guide) == {"body_ind": "ms", "body_en": "ms"}


def test_readers_are_told_which_language_is_newer(publish, visit, guide):
    publish(guide, body_ind="<p>Baru.</p>")
    assert 'href="/id/panduan/judul/"' in visit(guide, "ms").text.partition("<main")[2]


def test_editors_see_the_status_of_each_language(publish, signed_in, guide):
    publish(guide, body_ind="<p>Baru.</p>")
    matrix = signed_in("editor").get(reverse("admin:education_languages"))
    assert matrix.status_code == 200
    assert all(name in matrix.text for name in ("Bahasa Indonesia", "English", "Bahasa Melayu"))


def test_editors_write_all_three_languages(signed_in, guide):
    form = signed_in("editor").get(reverse("admin:education_guide_change", args=[guide.pk]))
    assert all(f'name="title_{column}"' in form.text for column in ("ind", "en", "ms"))


def test_report_form_falls_back_to_indonesian(client, there):
    call_command("load_categories", verbosity=0)
    call_command("load_replies", verbosity=0)
    assert {category.name for category in Category.objects.all()} == set(
        Category.objects.values_list("name_ind", flat=True)
    )
    assert client.get(there("reports:start", language="ms")).status_code == 200
