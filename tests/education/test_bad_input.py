"""Any input in a URL or search field gives a page with the emergency numbers, never a server error."""

import pytest
from django.test import Client

from education.models import Guide, State

from . import factory

pytestmark = pytest.mark.django_db
ODD = {
    "nul": "%00",
    "lone surrogate": "%ED%A0%80",
    "no utf-8": "%FF%FE",
    "sql": "'%20OR%201=1--",
    "markup": "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "long": "a" * 10_000,
    "emoji": "%F0%9F%99%82",
    "rtl": "%E2%80%AE%D9%85%D8%B1%D8%AD%D8%A8%D8%A7",
    "path": "..%2f..%2fetc",
    "lines": "%0d%0aX-Odd:%201",
    "percent": "%25s%25n",
    "huge": "9" * 40,
    "negative": "-1",
    "superscript": "%C2%B2",
}
PATHS = [
    *("/id/{}/", "/id/panduan/{}/", "/en/guides/{}/", "/id/panduan/{}/lembar-kelas/", "/id/p/{}/", "/id/topik/{}/"),
    *("/id/untuk/{}/", "/id/berita/{}/", "/id/coba/{}/", "/id/pelajaran/{}/", "/feed/{}/", "/id/p/{}/membantu/kenapa/"),
]
QUERIES = [
    *("/id/?text={}", "/id/?look={}", "/id/?{}", "/id/?{}={}", "/id/panduan/?topic={}", "/id/panduan/?audience={}"),
    *("/id/panduan/?page={}", "/id/bantuan/?province={}", "/id/bantuan/?need={}", "/id/berita/?page={}"),
    *(
        "/id/cari/?q={}",
        "/id/cari/?q=tipu&audience={}&topic={}",
        "/en/search/?q[]={}",
        "/feed/id/?{}",
        "/sitemap.xml?{}",
    ),
]


@pytest.fixture
def reader_client(remembered) -> Client:
    """A visitor of the site as it is served, who sees what a reader would see of an error."""
    factory.guide(topic=factory.topic("scams"), slug_ind="satu", slug_en="one")
    factory.term()
    factory.emergency_set()
    return Client(raise_request_exception=False)


def assert_is_whole(answer, address: str) -> None:
    """Check that ``answer`` is not a server error and not empty; a page has its heading and 110."""
    assert answer.status_code in {200, 301, 302, 404}, address
    if answer["Content-Type"].startswith("text/html") and answer.status_code in {200, 404}:
        assert "tel:110" in answer.text, address
        assert "<h1" in answer.text, address
        assert "<script>alert" not in answer.text, address


@pytest.mark.slow
@pytest.mark.sampled(5)
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_paths_and_queries_never_break_a_page(reader_client, odd):
    for pattern in PATHS + QUERIES:
        address = pattern.replace("{}", odd)
        assert_is_whole(reader_client.get(address), address[:60])


@pytest.mark.sampled(8)
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_no_search_breaks_the_page(reader_client, odd):
    for body in (f"q={odd}", f"q=tipu+{odd}&audience={odd}&topic={odd}", f"{odd}={odd}&q=tipu&q={odd}"):
        answer = reader_client.post("/id/cari/", body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 200, body[:60]
        assert "tel:110" in answer.text


@pytest.mark.sampled(3)
@pytest.mark.parametrize("content_type", ["text/plain", "application/json", "multipart/form-data; boundary=x"])
def test_search_that_is_no_form_shows_the_empty_form(reader_client, content_type):
    answer = reader_client.post("/id/cari/", b"q=tipu", content_type=content_type)
    assert answer.status_code == 200
    assert 'role="search"' in answer.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/id/panduan/one/", "/id/panduan/satu/"),
        ("/en/panduan/satu/", "/en/guides/satu/"),
        ("/en/guides/satu/", "/en/guides/one/"),
        ("/id/guides/", "/id/panduan/"),
    ],
)
def test_addresses_in_the_wrong_language_lead_to_the_right_one(reader_client, address, leads_to):
    answer = reader_client.get(address)
    assert (answer.status_code, answer["Location"]) == (301, leads_to)


@pytest.mark.slow
@pytest.mark.sampled(4)
@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.ARCHIVED])
@pytest.mark.parametrize("part", ["", "lembar-kelas/", "mudah-dibaca/"])
def test_unpublished_page_is_a_helpful_404(reader_client, state, part):
    Guide.objects.update(state=state)
    answer = reader_client.get(f"/id/panduan/satu/{part}")
    assert answer.status_code == 404
    assert all(way in answer.text for way in ("tel:110", 'role="search"', "/id/bantuan/"))


def test_unknown_preview_picture_is_not_found(reader_client):
    for address in ("/static/img/cards/none.png", "/static/img/none.png"):
        assert reader_client.get(address).status_code == 404, address
