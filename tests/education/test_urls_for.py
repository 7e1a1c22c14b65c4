"""Every page has one canonical address in each language, and the others redirect to it."""

import re

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from education.models import Guide

from . import factory

pytestmark = pytest.mark.django_db
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">')


def test_slug_of_the_other_language_leads_to_the_right_one(client, there):
    factory.guide(slug_ind="sekstorsi", slug_en="sextortion")
    answer = client.get(there("education:guide", "sekstorsi", language="en"))
    assert (answer.status_code, answer["Location"]) == (301, there("education:guide", "sextortion", language="en"))


@pytest.mark.slow
def test_shared_slug_is_resolved_in_the_page_language(client, there):
    factory.guide(slug_ind="data", slug_en="facts", title_ind="Milik Indonesia")
    factory.guide(slug_ind="angka", slug_en="data", title_en="The English one")
    assert "Milik Indonesia" in client.get(there("education:guide", "data")).text
    assert "The English one" in client.get(there("education:guide", "data", language="en")).text


def test_path_of_the_other_language_leads_to_the_right_one(client, there):
    answer = client.get("/en/panduan/")
    assert (answer.status_code, answer["Location"]) == (301, there("education:guides", language="en"))
    assert client.get("/id/help/")["Location"] == there("education:helplines")
    assert client.get("/en/no-such-thing/").status_code == 404
    assert client.get("/en/no-such-thing", follow=True).status_code == 404


def test_paths_are_translated():
    with override("id"):
        translated = gettext("guides/")
    assert translated == "panduan/"


def test_missing_slash_is_added(client):
    assert client.get("/en/guides")["Location"] == "/en/guides/"


def test_plain_guide_moves_from_its_number_to_its_name(client, there):
    guide = factory.guide(slug_ind="aman")
    answer = client.get(there("education:guide_by_number", guide.number))
    assert (answer.status_code, answer["Location"]) == (301, there("education:guide", "aman"))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("sensitive", [True, False])
def test_alternates_name_each_other(client, there, sensitive):
    guide = factory.guide(sensitive=sensitive)
    pages = {}
    for language, slug in (("id", guide.slug_ind), ("en", guide.slug_en)):
        path = there("education:guide", slug, language=language)
        pages[language] = dict(ALTERNATE.findall(client.get(path).text))
        assert pages[language][language] == f"{settings.PUBLIC_URL}{path}"
    assert pages["id"] == pages["en"]


def test_switch_keeps_the_page_and_its_filter(client, there):
    factory.audience()
    text = client.get(there("education:guides") + "?audience=teens").text
    assert f'href="{there("education:guides", language="en")}?audience=teens" hreflang="en"' in text


def test_missing_translation_is_noted_with_canonical_original(client, there):
    guide = factory.guide(**factory.ONLY_INDONESIAN)
    text = client.get(there("education:guide", guide.slug_ind, language="en")).text
    assert 'class="banner"' in text
    assert f'<h1 lang="id">{guide.title_ind}</h1>' in text
    assert '<meta name="robots" content="noindex">' in text
    assert f'<link rel="canonical" href="{settings.PUBLIC_URL}{there("education:guide", guide.slug_ind)}">' in text
    assert not ALTERNATE.findall(text)


@pytest.mark.slow
def test_half_written_translation_is_never_mixed_in(visit):
    guide = factory.guide(**(factory.ONLY_INDONESIAN | {"title_en": "Only a title", "slug_en": "only"}))
    assert "Only a title" not in visit(guide, "en").text


def test_address_never_falls_back_to_the_other_language():
    guide = factory.guide(**factory.ONLY_INDONESIAN)
    assert Guide.objects.get(pk=guide.pk).text("slug", "en") == ""


def test_sitemap_has_only_languages_that_are_written(client, there):
    whole, half = factory.guide(), factory.guide(**factory.ONLY_INDONESIAN)
    text = client.get("/sitemap.xml").text
    assert f"<loc>{settings.PUBLIC_URL}{there('education:guide', whole.slug_en, language='en')}</loc>" in text
    assert f"<loc>{settings.PUBLIC_URL}{there('education:guide', half.slug_ind)}</loc>" in text
    assert there("education:guide", half.slug_ind, language="en") not in text


def test_robots_know_the_sitemap_and_no_staff_door(client):
    text = client.get("/robots.txt").text
    assert f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml" in text
    assert "admin" not in text


@pytest.mark.slow
def test_feed_has_one_language_and_no_sensitive_guides(client):
    factory.guide(title_en="Plain one")
    factory.guide(title_en="Heavy one", sensitive=True)
    factory.guide(**factory.ONLY_INDONESIAN, title_ind="Hanya Indonesia")
    factory.news(title_en="Some news")
    text = client.get("/feed/en/").text
    assert "Plain one" in text
    assert "Some news" in text
    assert "Heavy one" not in text
    assert "Hanya Indonesia" not in text
    assert client.get("/feed/xx/", follow=True).status_code == 404
