"""The sitemap follows its schema, the feeds RFC 4287; robots.txt."""

import re
from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings

from . import factory

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture
def sitemap(client):
    """The entries of the sitemap, for a guide in both languages, one in Indonesian, and what nobody may see yet."""
    factory.guide(changed_on=date(2026, 3, 1))
    factory.guide(**factory.ONLY_INDONESIAN)
    factory.guide(state="draft", slug_ind="belum-tayang", slug_en="not-yet")
    factory.guide(sensitive=True, number=9912, slug_ind="berat")
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    return list(ElementTree.fromstring(answer.content))


def feed(client, language: str = "id"):
    """The feed of a language, read."""
    answer = client.get(f"/feed/{language}/", HTTP_ACCEPT_LANGUAGE="en" if language == "id" else "id")
    assert answer["Content-Language"] == language
    return ElementTree.fromstring(answer.content)


def links(entry) -> dict[str, str]:
    return {link.get("hreflang"): link.get("href") for link in entry.findall(f"{XHTML}link")}


def test_sitemap_holds_what_its_schema_allows(sitemap):
    for entry in sitemap:
        assert entry.tag == f"{SITEMAP}url"
        names = [child.tag for child in entry if child.tag != f"{XHTML}link"]
        assert names in ([f"{SITEMAP}loc"], [f"{SITEMAP}loc", f"{SITEMAP}lastmod"])
        assert entry[0].text.startswith(f"{settings.PUBLIC_URL}/")
    places = [entry[0].text for entry in sitemap]
    assert len(places) == len(set(places)) <= 50_000


def test_every_guide_in_the_sitemap_says_when_it_changed(sitemap):
    days = {entry[0].text: entry.findtext(f"{SITEMAP}lastmod") for entry in sitemap}
    guides = {place: day for place, day in days.items() if re.search(r"/(panduan|guides)/.", place)}
    assert "2026-03-01" in guides.values()
    assert all(DAY.fullmatch(day) for day in guides.values())


def test_sitemap_alternates_are_mutual_with_x_default(sitemap):
    found = {entry[0].text: links(entry) for entry in sitemap}
    for place, others in found.items():
        assert set(others) in ({"id", "en", "x-default"}, {"id"})
        assert place in others.values()
        assert others.get("x-default", others["id"]) == others["id"]
        assert all(found[other] == others for other in others.values())


def test_sitemap_has_canonical_urls_of_published_items_only(sitemap):
    places = " ".join(entry[0].text for entry in sitemap)
    assert "/panduan/berat/" in places
    assert "/p/9912/" not in places
    assert "belum-tayang" not in places


@pytest.mark.parametrize("language", ["id", "en"])
def test_feed_has_what_atom_asks_for(client, language):
    factory.guide()
    factory.news()
    root = feed(client, language)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert all(root.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "author/" + ATOM + "name"))
    own = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert own["self"] == f"{settings.PUBLIC_URL}/feed/{language}/"
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for entry in entries:
        assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
        assert entry.find(f"{ATOM}link").get("href").startswith(f"{settings.PUBLIC_URL}/{language}/")


def test_feed_entry_id_survives_a_changed_slug(client):
    guide, _other = factory.guide(), factory.guide()
    before = [entry.findtext(f"{ATOM}id") for entry in feed(client).findall(f"{ATOM}entry")]
    guide.slug_ind = "alamat-baru"
    guide.save()
    after = [entry.findtext(f"{ATOM}id") for entry in feed(client).findall(f"{ATOM}entry")]
    assert sorted(after) == sorted(before)
    assert len(set(before)) == 2


def test_feed_entry_date_is_local_and_not_in_the_future(client):
    factory.guide(changed_on=date(2026, 3, 1))
    moment = datetime.fromisoformat(feed(client).findtext(f"{ATOM}entry/{ATOM}updated"))
    assert moment.isoformat() == "2026-03-01T00:00:00+07:00"


def test_feed_entry_has_no_relative_links(client):
    factory.guide(short_answer_ind='Simpan & <a href="/id/bantuan/">cari bantuan</a>.')
    assert feed(client).findtext(f"{ATOM}entry/{ATOM}summary") == "Simpan &amp; cari bantuan."


@pytest.mark.parametrize("language", ["id", "en"])
def test_page_of_news_leads_to_its_feed(client, there, language):
    page = client.get(there("education:news", language=language)).text
    assert f'<a href="/feed/{language}/">' in page.split("<main")[1]
