"""Published pages: what is kept, for how long, for whom, and what never is."""

import gzip
import itertools
import threading
from datetime import timedelta

import brotli
import pytest
from csp.constants import NONCE
from csp.decorators import csp_update
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth import get_user
from django.db import OperationalError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from safetycenter.page_cache import build, cache_version
from safetycenter.page_cache.middleware import CacheVersionPoll, cached_page
from safetycenter.page_cache.store import PageStore, StoredPage, preferred_encoding
from safetycenter.page_cache.versions import Versions

made = itertools.count(1)
TEXT = "Aman di internet. " * 200
AT_7 = Versions.whole(7)


@csrf_exempt
@cached_page
def guide(request):
    return HttpResponse(f"{TEXT}{next(made)}")


@cached_page(query=("topic", "audience"))
def guides(request):
    return HttpResponse(f"{next(made)}")


@cached_page
def with_cookie(request):
    response = HttpResponse(f"{next(made)}")
    response.set_cookie("seen", "1")
    return response


@cached_page
def with_token(request):
    return HttpResponse(f"{next(made)} {get_token(request)}")


@cached_page
def with_user(request):
    return HttpResponse(f"{next(made)} {get_user(request)}")


@csp_update({"script-src": NONCE})
@cached_page
def with_nonce(request):
    return HttpResponse(f"{next(made)} {request.csp_nonce}")


@cached_page
def missing(request):
    return HttpResponse(f"{next(made)}", status=404)


def unmarked(request):
    return HttpResponse(f"{next(made)}")


urlpatterns = [
    path("by-language-of-browser/", guide),
    *i18n_patterns(
        path("guide/", guide),
        path("other/", guide),
        path("guides/", guides),
        path("cookie/", with_cookie),
        path("token/", with_token),
        path("user/", with_user),
        path("nonce/", with_nonce),
        path("missing/", missing),
        path("private/", cached_page(never_cache(unmarked))),
        path("unmarked/", unmarked),
    ),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def is_kept(reader, address: str, **headers) -> bool:
    return reader.get(address, **headers).body == reader.get(address, **headers).body


def test_marked_page_is_made_once(reader):
    assert is_kept(reader, "/id/guide/")


def test_other_page_is_made_each_time(reader):
    assert not is_kept(reader, "/id/unmarked/")


def test_each_address_has_its_own_page(reader):
    assert reader.get("/id/guide/").body != reader.get("/id/other/").body


def test_first_answer_is_the_same_as_the_later_ones(reader):
    first, later = reader.get("/id/guide/", Accept_Encoding="br"), reader.get("/id/guide/", Accept_Encoding="br")
    assert (first.status, first.headers, first.body) == (later.status, later.headers, later.body)


@pytest.mark.parametrize(
    "address",
    [
        "/id/cookie/",
        "/id/token/",
        "/id/user/",
        "/id/nonce/",
        "/id/missing/",
        "/id/private/",
        "/by-language-of-browser/",
    ],
)
def test_personal_or_failed_response_is_not_cached(reader, address):
    assert not is_kept(reader, address)


@pytest.mark.parametrize(
    "address", ["/id/guides/?topic=scams", "/id/guides/?audience=teens&topic=scams", "/id/guides/?topic="]
)
def test_known_parameters_are_part_of_the_address(reader, address):
    assert is_kept(reader, address)
    assert reader.get(address).body != reader.get("/id/guides/").body


@pytest.mark.parametrize("query", ["utm_source=x", "topic=a&topic=b", "topic=a&x=1", "&", "topic"])
def test_query_it_does_not_know_is_never_kept(reader, query):
    known = query == "topic"  # an empty value of a known parameter
    assert is_kept(reader, f"/id/guides/?{query}") is known
    assert not is_kept(reader, f"/id/guide/?{query}")


@pytest.mark.parametrize("query", ["x={}", "look=dark&x={}", "{}", "topic={}", "fbclid={}&look=dark"])
@pytest.mark.parametrize("headers", [{}, {"Save_Data": "on"}])
def test_invented_addresses_never_enter_the_store(reader, query, headers):
    for number in range(3):
        assert reader.get(f"/id/guide/?{query.format(number)}", **headers).status == 200
    assert reader.pages.store.size == 0


def test_query_it_does_not_know_is_compressed_all_the_same(reader):
    answer = reader.get("/id/guide/?fbclid=x", Accept_Encoding="gzip, br")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.body).decode().startswith(TEXT)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_only_get_and_head_are_answered_from_memory(reader, method):
    kept = reader.get("/id/guide/").body
    assert reader.get("/id/guide/", method=method).body != kept


def test_head_has_the_headers_of_get_and_no_body(reader):
    whole = reader.get("/id/guide/")
    head = reader.get("/id/guide/", method="HEAD")
    assert head.body == b""
    assert head.headers == whole.headers


def test_head_does_not_keep_a_page(reader):
    reader.get("/id/guide/", method="HEAD")
    assert reader.pages.store.size == 0


def test_warm_page_needs_no_query_between_polls(new_reader, django_assert_num_queries):
    reader = new_reader(poll=CacheVersionPoll(cache_version.versions, every=60))
    first = reader.get("/id/guide/")
    with django_assert_num_queries(0):
        assert reader.get("/id/guide/").body == first.body


def test_cache_version_is_queried_once_a_second():
    asked = []
    poll = CacheVersionPoll(lambda: asked.append(1) or AT_7)
    assert [poll.versions() for _ in range(50)] == [AT_7] * 50
    assert len(asked) == 1
    assert poll.every == 1


def test_only_one_thread_asks_and_no_other_waits_for_it():
    answer, asked = threading.Event(), []

    def ask() -> Versions:
        asked.append(1)
        if len(asked) > 1:
            answer.wait(5)
        return AT_7

    poll = CacheVersionPoll(ask, every=0)
    assert poll.versions() == AT_7
    slow = threading.Thread(target=poll.versions)
    slow.start()
    while len(asked) < 2:
        pass
    assert poll.versions() == AT_7
    answer.set()
    slow.join()
    assert len(asked) == 2


def test_publishing_makes_every_page_anew(reader):
    before = reader.get("/id/guide/").body
    cache_version.bump()
    assert reader.get("/id/guide/").body != before


@pytest.mark.safety("K2")
def test_scheduled_change_makes_cached_pages_stale(reader, monkeypatch):
    cache_version.bump(timezone.now() + timedelta(hours=1))
    before = reader.get("/id/guide/").body
    assert reader.get("/id/guide/").body == before
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    after = reader.get("/id/guide/").body
    assert after != before
    assert reader.get("/id/guide/").body == after


def test_kept_pages_are_served_while_the_database_fails(reader):
    kept = reader.get("/id/guide/").body
    reader.pages.poll._ask = fails
    assert reader.get("/id/guide/").body == kept


def test_nothing_is_cached_without_a_cache_version(new_reader):
    reader = new_reader(poll=CacheVersionPoll(fails, every=0))
    assert reader.get("/id/guide/").status == 200
    assert reader.pages.store.size == 0


def fails():
    raise OperationalError


@pytest.mark.parametrize(("accepted", "encoding"), [("br", "br"), ("gzip, deflate, br", "br"), ("gzip", "gzip")])
def test_compressed_as_the_visitor_can_read_it(reader, accepted, encoding):
    answer = reader.get("/id/guide/", Accept_Encoding=accepted)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}[encoding]
    assert answer.headers["Content-Encoding"] == encoding
    assert int(answer.headers["Content-Length"]) == len(answer.body) < len(TEXT)
    assert unpack(answer.body) == reader.get("/id/guide/").body


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("", "identity"), ("*", "identity"), ("br;q=0, gzip;q=0.5", "gzip"), ("BR", "br"), ("gzip;q=x", "identity")],
)
def test_preferred_encoding(accepted, encoding):
    assert preferred_encoding(accepted) == encoding


def test_compressed_once(reader, monkeypatch):
    reader.get("/id/guide/")
    monkeypatch.setattr(brotli, "compress", fails)
    assert reader.get("/id/guide/", Accept_Encoding="br").status == 200


def test_etag_contains_build_version_and_encoding(reader):
    number = cache_version.current()
    tags = {name: reader.get("/id/guide/", Accept_Encoding=name).headers["ETag"] for name in ("br", "gzip", "identity")}
    assert tags == {name: f'"{build.build_id()}-{number}-{name}"' for name in tags}


@pytest.mark.parametrize("known", ["{}", "W/{}", '"old", {}', "*"])
def test_page_that_the_visitor_has_is_not_sent_again(reader, known):
    tag = reader.get("/id/guide/").headers["ETag"]
    answer = reader.get("/id/guide/", If_None_Match=known.format(tag))
    assert (answer.status, answer.body) == (304, b"")
    assert {"ETag", "Cache-Control", "Vary"} <= set(answer.headers)
    assert "Content-Length" not in answer.headers


def test_outdated_cached_page_is_sent_again(reader):
    tag = reader.get("/id/guide/").headers["ETag"]
    cache_version.bump()
    assert reader.get("/id/guide/", If_None_Match=tag).status == 200


def test_tag_of_one_encoding_does_not_stand_for_another(reader):
    tag = reader.get("/id/guide/", Accept_Encoding="br").headers["ETag"]
    assert reader.get("/id/guide/", If_None_Match=tag).status == 200


def test_browsers_and_networks_may_keep_it_for_a_short_time(reader):
    headers = reader.get("/id/guide/").headers
    assert headers["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert headers["Vary"] == "Accept-Encoding, Save-Data"


def test_security_headers_of_the_application_stay(reader):
    reader.get("/id/guide/")
    headers = reader.get("/id/guide/").headers
    assert {"Content-Security-Policy", "Permissions-Policy", "X-Content-Type-Options"} <= set(headers)


def test_visitor_with_cookies_gets_the_same_page(reader):
    assert reader.get("/id/guide/").body == reader.get("/id/guide/", Cookie="session=abc; staff=def").body


def test_each_host_has_its_own_page(reader):
    assert reader.get("/id/guide/", Host="localhost").body != reader.get("/id/guide/", Host="127.0.0.1").body


@pytest.mark.logs_errors
def test_host_that_is_not_ours_gets_no_kept_page(reader):
    reader.get("/id/guide/")
    assert reader.get("/id/guide/", Host="evil.example").status == 400


def test_plain_http_is_sent_to_https_although_the_page_is_kept(new_reader, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")
    reader = new_reader(poll=CacheVersionPoll(cache_version.versions, every=0))
    assert reader.get("/id/guide/", X_Forwarded_Proto="https").status == 200
    assert reader.get("/id/guide/").status == 301


def page_of(size: int) -> StoredPage:
    page = StoredPage.of(1, [], b"")
    return page._replace(variants={"identity": page.variants["identity"]._replace(body=b"x" * size)})


def test_store_drops_the_least_recently_used_page():
    store = PageStore(limit=100)
    for name in ("a", "b", "c"):
        store.put((name,), page_of(30))
    store.get(("a",), Versions.whole(1))
    store.put(("d",), page_of(30))
    assert [name for name in "abcd" if store.get((name,), Versions.whole(1))] == ["a", "c", "d"]
    assert store.size == 90


def test_replacing_a_page_does_not_count_it_twice():
    store = PageStore(limit=100)
    for _ in range(5):
        store.put(("a",), page_of(30))
    assert store.size == 30


def test_page_larger_than_the_store_is_not_kept():
    store = PageStore(limit=100)
    store.put(("a",), page_of(101))
    assert store.size == 0


def test_cached_page_carries_no_reader_data(reader, new_reader):
    from safetycenter.wsgi import application

    assert application.store.size == 0
    assert new_reader().pages.store is not reader.pages.store


def test_changed_file_or_shown_setting_is_another_build(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "base.html").write_text("one")
    builds = [build.build_id.__wrapped__()]
    (tmp_path / "templates" / "base.html").write_text("two")
    builds.append(build.build_id.__wrapped__())
    settings.OPERATOR = {"name": "Yayasan Contoh"}
    builds.append(build.build_id.__wrapped__())
    assert len(set(builds)) == 3
    assert build.build_id.__wrapped__() == builds[-1]


def test_template_change_clears_store_of_runserver():
    from safetycenter import wsgi

    wsgi.application.store.put(("a",), page_of(30))
    wsgi.clear_page_store()
    assert wsgi.application.store.size == 0
