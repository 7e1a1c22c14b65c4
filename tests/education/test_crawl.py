"""A crawl of all readers' pages: each answers, is small and valid HTML, has its own title and no broken link."""

import gzip
import re
from collections import Counter
from urllib.parse import urldefrag, urlsplit

import html5lib
import pytest
from django.utils.html import escape

from education import urls_for
from education.models import Guide, News, Page, Topic
from education.starter import files

from . import starter_pages

SPECIAL = ("mailto:", "tel:", "sms:", "https://", "http://", "data:")


class Seen:
    """One page as a browser reads it. Raises html5lib's ParseError when it is not valid HTML."""

    def __init__(self, path: str, text: str):
        self.path = path
        self.tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)

    def all(self, tag: str, **attributes) -> list:
        """The elements with this name and these attributes."""
        return [e for e in self.tree.iter(tag) if all(e.get(name) == value for name, value in attributes.items())]

    @property
    def title(self) -> str:
        return self.all("title")[0].text.strip()

    @property
    def description(self) -> str:
        found = self.all("meta", name="description")
        return found[0].get("content", "").strip() if found else ""

    @property
    def shows_a_brace(self) -> bool:
        """Return whether it shows an unfilled gap, such as the operator name, in its text or description."""
        texts = (text for e in self.tree.iter() if e.tag not in {"script", "style"} for text in (e.text, e.tail))
        return any(re.search(r"[{}]", text) for text in (*texts, self.description) if text)

    @property
    def is_for_search(self) -> bool:
        canonical = self.all("link", rel="canonical")
        own = bool(canonical) and urlsplit(canonical[0].get("href")).path == self.path
        return own and not self.all("meta", name="robots", content="noindex")

    @property
    def is_guarded(self) -> bool:
        """A page with the quick exit has a neutral title on purpose, and so shares it with others (H9)."""
        return any("quick-exit" in (element.get("class") or "").split() for element in self.tree.iter())

    @property
    def others(self) -> dict[str, str]:
        links = [e for e in self.all("link", rel="alternate") if e.get("hreflang")]
        return {e.get("hreflang"): urlsplit(e.get("href")).path for e in links}

    @property
    def links(self) -> list[str]:
        found = [e.get("href") for e in self.tree.iter("a") if e.get("href")]
        return [href for href in found if not href.startswith(SPECIAL)]

    @property
    def anchors(self) -> set[str]:
        return {e.get("id") for e in self.tree.iter() if e.get("id")}


@pytest.fixture(params=[3, pytest.param(1000, marks=pytest.mark.slow)], ids=["some of each kind", "every page"])
def pages(request, starter, remembered) -> dict[str, starter_pages.StarterPage]:
    """Pages of the starter content in both languages."""
    return {path: starter_pages.page(path) for path in starter_pages.some_of_each_kind(request.param)}


@pytest.fixture
def site(pages) -> dict[str, Seen]:
    """The same pages, parsed."""
    return {path: Seen(path, page.text) for path, page in pages.items()}


def test_every_page_is_complete_and_has_no_dead_links(site, pages, client):
    """One test, because the walk is long: each list names what is wrong where."""
    assert [path for path, page in site.items() if len(page.all("h1")) != 1] == []
    assert [path for path, page in site.items() if not page.title or not page.all("main")] == []
    assert twice(page.title for page in site.values() if page.is_for_search and not page.is_guarded) == []
    assert [path for path, page in site.items() if page.is_for_search and not page.description] == []
    assert twice(page.description for page in site.values() if page.is_for_search) == []
    assert [path for path, page in site.items() if page.shows_a_brace] == []
    assert not_reciprocal(site) == []
    assert detours(site) == []
    assert broken(site, pages, client) == []


def test_every_page_answers_without_cookie_or_token(pages):
    assert len(pages) > 60
    for path, page in pages.items():
        assert page.status == 200, path
        assert not page.has_cookie, path
        assert "cookie" not in page.vary.lower(), path
        assert "csrfmiddlewaretoken" not in page.text, path
        assert f'<html lang="{path[1:3]}">' in page.text, path


def test_every_guide_and_topic_with_its_drawing_stays_small(pages):
    for language in ("id", "en"):
        paths = [urls_for.url_of(item, language) for item in (*Guide.objects.published(), *Topic.objects.all())]
        sizes = {path: len(gzip.compress(pages[path].text.encode())) for path in paths if path in pages}
        assert [path for path, size in sizes.items() if size > 25_000] == []
        assert sizes


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_source_of_every_starter_file_stands_on_its_page(pages, language):
    kinds = {"guides": (Guide, "number"), "news": (News, "key"), "pages": (Page, "key")}
    for kind, (model, key) in kinds.items():
        for item in files.items(kind):
            path = urls_for.url_of(model.objects.get(**{key: item[key]}), language)
            if path not in pages:
                continue
            shown = pages[path].text.partition('aria-labelledby="sources"')[2].split("</section>")[0]
            for source in item.get("sources", []):
                said = [escape(source[part]) for part in ("url", f"title_{language}") if part in source]
                assert [part for part in said if part not in shown] == [], item[key]


def twice(texts) -> list[str]:
    return [text for text, count in Counter(texts).items() if count > 1]


def not_reciprocal(site) -> list[tuple[str, str]]:
    """Pairs of pages of which only one names the other as its translation."""
    found = [(path, other) for path, page in site.items() if page.is_for_search for other in page.others.values()]
    return [(path, other) for path, other in found if other in site and path not in site[other].others.values()]


def detours(site) -> list[tuple[str, str]]:
    """Links to the neutral address of a guide that has a readable one: each costs a redirect."""
    links = [(path, href) for path, page in site.items() for href in page.links]
    neutral = [(path, href) for path, href in links if re.match(r"/\w\w/p/\d+/(#|$)", href)]
    known = {*starter_pages.paths()}
    return [(path, href) for path, href in neutral if urldefrag(href)[0] not in known]


def broken(site, pages, client) -> list[tuple[str, str]]:
    """Links inside the site that lead to no page, or to no place on it."""
    answers, wrong = dict.fromkeys(starter_pages.paths(), 200) | {path: page.status for path, page in pages.items()}, []
    for path, page in site.items():
        for href in page.links:
            address, anchor = urldefrag(href)
            target = path if not address else urlsplit(address).path if address.startswith("/") else path
            if anchor and target in site and anchor not in site[target].anchors:
                wrong.append((path, href))
            if address.startswith("/") and address not in answers and target not in answers:
                answers[address] = client.get(address).status_code
            if answers.get(address, 200) >= 400:
                wrong.append((path, href))
    return wrong
