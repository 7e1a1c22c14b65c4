"""Versions of a page, text only or in other colours: chosen in the address or by the browser, kept apart."""

import re

import pytest
from django.urls import resolve

from education import public_pages, urls_for
from tests import launch_content
from tests.education import factory

pytestmark = pytest.mark.django_db
OWN, REPORTS = ("/id/", "/en/", "?"), ("/id/lapor/", "/id/kabar/", "/id/pertolongan/")
KB = re.compile(r"<span>(\d+) KB</span>")
HREF = re.compile(r'<a\b[^>]*href="([^"]+)"')


@pytest.fixture
def guide():
    return factory.guide()


def address(guide, query: str = "") -> str:
    return f"/id/panduan/{guide.slug_ind}/{query}"


def text_of(answer) -> str:
    return answer.body.decode()


def test_text_only_page_has_no_drawing_or_font(reader, guide):
    text = text_of(reader.get(address(guide, "?text=1")))
    assert guide.title_ind in text
    assert "<svg" not in text
    assert re.findall(r'rel="stylesheet" href="([^"]+)"', text) == ["/static/css/text.css"]


@pytest.mark.slow
def test_guide_says_the_weight_of_the_version_that_is_shown(reader, guide):
    whole, text = (int(KB.search(text_of(reader.get(address(guide, query))))[1]) for query in ("", "?text=1"))
    assert text < whole


def test_only_reader_links_keep_the_display_mode(reader, guide):
    factory.emergency_set()
    text = text_of(reader.get(address(guide, "?text=1")))
    for link in HREF.findall(text):
        is_page = link.startswith(("/id/", "/en/")) and not link.startswith(("/id/lapor/", "/id/kabar/"))
        assert not is_page or "text=1" in link or link == address(guide), link
        assert is_page or "text=1" not in link, link


@pytest.mark.slow
def test_every_kind_of_page_is_text_only_and_its_links_keep_it(client):
    launch_content.load()
    kinds = {resolve(path).view_name: path for path in public_pages.paths() if path.startswith("/id/")}
    pages = {path: client.get(f"{path}?text=1").text for path in kinds.values()}
    links = [(path, link) for path, text in pages.items() for link in HREF.findall(text) if link.startswith(OWN)]
    assert len(pages) > 20
    assert not [path for path, text in pages.items() if "<svg" in text or text.count('rel="stylesheet"') != 1]
    assert not [
        (path, link) for path, link in links if "text=1" not in link and link != path and not link.startswith(REPORTS)
    ]


def test_way_back_is_the_page_itself(reader, guide):
    assert f'href="{address(guide)}"' in text_of(reader.get(address(guide, "?text=1")))
    assert f'href="{address(guide)}?text=1"' in text_of(reader.get(address(guide)))


def test_filter_stays_when_the_version_changes(reader):
    factory.audience()
    assert 'href="/id/panduan/?audience=teens&amp;text=1"' in text_of(reader.get("/id/panduan/?audience=teens"))


def test_save_data_browser_gets_text_only_by_default(reader, guide):
    text = text_of(reader.get(address(guide), Save_Data="on"))
    assert "<svg" not in text
    assert f'href="{address(guide)}?text=0"' in text
    assert "?text=1" not in text
    whole = text_of(reader.get(address(guide, "?text=0"), Save_Data="on"))
    assert "<svg" in whole
    assert 'href="/id/bantuan/?text=0"' in whole


@pytest.mark.slow
@pytest.mark.parametrize("first", ["on", ""])
def test_display_modes_have_different_etags(reader, guide, first):
    second = "" if first else "on"
    for _again in range(2):
        for saves in (first, second):
            assert ("<svg" in text_of(reader.get(address(guide), Save_Data=saves))) is (saves == "")
    tags = {reader.get(address(guide), Save_Data=saves).headers["ETag"] for saves in ("on", "")}
    assert len(tags) == 2


def test_caches_on_the_way_are_told(reader, guide):
    assert "Save-Data" in reader.get(address(guide)).headers["Vary"]


def test_both_versions_are_kept(reader, guide, django_assert_num_queries):
    for query, saves in (("?text=1", ""), ("", "on")):
        reader.get(address(guide, query), Save_Data=saves)
        with django_assert_num_queries(1):  # the version, which a test asks each time
            reader.get(address(guide, query), Save_Data=saves)


@pytest.mark.slow
@pytest.mark.parametrize("query", ["?text=2", "?text=", "?text=yes", "?look=pink"])
def test_invented_value_is_no_page(reader, guide, query):
    assert reader.get(address(guide, query)).status == 404


@pytest.mark.slow
@pytest.mark.parametrize("look", ["light", "dark"])
def test_theme_is_kept_in_links_without_script(reader, guide, look):
    text = text_of(reader.get(address(guide, f"?look={look}")))
    assert f'<html data-theme="{look}" lang="id">' in text
    assert f'href="/id/bantuan/?look={look}"' in text
    assert f'href="{address(guide)}?look={look}" aria-current="true"' in text
    assert f'href="{address(guide)}"' in text


@pytest.mark.slow
def test_text_only_and_theme_combine(reader, guide):
    text = text_of(reader.get(address(guide, "?look=dark&text=1")))
    assert 'href="/id/bantuan/?text=1&amp;look=dark"' in text
    assert f'href="{address(guide)}?look=dark"' in text


@pytest.mark.parametrize("path", ["/feed/id/", "/sitemap.xml", "/robots.txt", "/offline-worker.js"])
def test_one_language_page_is_cached_for_any_accept_language(reader, path, django_assert_num_queries):
    reader.get(path, Accept_Language="id")
    with django_assert_num_queries(1):
        assert reader.get(path, Accept_Language="en").status == 200


CHOICES = ["look=dark", "text=1"]


@pytest.mark.parametrize("choice", CHOICES)
def test_filters_of_guides_keep_it(reader, choice):
    factory.audience()
    text = text_of(reader.get(f"/id/panduan/?{choice}"))
    assert f'href="?audience=teens&amp;{choice}"' in text
    assert f'href="/en/guides/?{choice}"' in text


@pytest.mark.slow
def test_place_on_the_page_stays_one(reader, guide):
    assert 'href="#main"' in text_of(reader.get(address(guide, "?look=dark")))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("choice", CHOICES)
def test_choosing_a_province_keeps_it(reader, choice):
    factory.emergency_set()
    name, value = choice.split("=")
    form = re.search(r'<form[^>]*method="get".*?</form>', text_of(reader.get(f"/id/bantuan/?{choice}")), re.DOTALL)
    assert f'<input type="hidden" name="{name}" value="{value}">' in form[0]


@pytest.mark.slow
@pytest.mark.sampled(2)
@pytest.mark.parametrize("choice", CHOICES)
def test_way_to_the_next_page_of_a_list_keeps_it(client, choice):
    topic = factory.topic()
    for _ in range(30):
        factory.guide(topic=topic)
    path = urls_for.canonical_path(topic, "id")
    assert f'rel="next" href="?{choice}&amp;page=2"' in client.get(f"{path}?{choice}").text
    assert client.get(f"{path}?{choice}&page=9").url == f"{path}?page=2&{choice}"


@pytest.mark.slow
@pytest.mark.parametrize("choice", CHOICES)
def test_search_and_what_it_finds_keep_it(client, guide, choice):
    asked = client.get(f"/id/cari/?{choice}").text
    assert f'action="/id/cari/?{choice}"' in asked
    found = client.post(f"/id/cari/?{choice}", {"q": guide.title_ind}).text
    assert f'href="{address(guide)}?{choice}"' in found
    assert f'href="/id/bantuan/?{choice}"' in found
    assert 'class="versions' not in found  # it would lose the words
    assert ('<html data-theme="dark"' in found) is (choice == "look=dark")


@pytest.mark.slow
@pytest.mark.parametrize("choice", CHOICES)
def test_one_tap_and_a_redirect_keep_it(client, guide, choice):
    tap = re.search(r'action="(/id/p/[^"]+)"', client.get(address(guide, f"?{choice}")).text)[1]
    assert client.post(tap, {"answer": "yes"}).headers["Location"].endswith(f"?{choice}")
    assert client.get(f"/id/p/{guide.number}/?{choice}").headers["Location"] == address(guide, f"?{choice}")


def test_display_mode_is_not_sent_to_report_or_exit(client):
    factory.emergency_set()
    text = client.get("/id/bantuan/?look=dark").text
    assert 'action="/id/keluar/"' in text
    assert 'href="/id/lapor/"' in text
