"""Checks of how a text is built: links, headings, length."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Model, Q
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import override

from education import visible
from education.models import Audience, Guide, Lesson, News, OldAddress, Page, Quiz, Topic
from education.richtext import word_count

from .finding import ERROR, WARNING, Finding, Said, quoted

MOST_WORDS = 900
EMPTY_WORDS = {
    *{"di sini", "disini", "klik", "klik di sini", "klik disini", "klik tautan ini", "tautan ini", "link ini"},
    *{"selengkapnya", "baca selengkapnya", "baca di sini", "lihat di sini"},
    *{"here", "click here", "click", "this link", "read more", "more", "learn more", "see here"},
}
_PAGES = ("body", "easy")  # each is a page of its own
_LINKED = (*_PAGES, "checklist")
_BY_SLUG = {"guide": Guide, "topic": Topic, "audience": Audience, "news_item": News, "quiz": Quiz, "lesson": Lesson}


def leads_somewhere(said: Said) -> Iterator[Finding]:
    """A link into this site that leads nowhere."""
    for name, _language, text in said.texts(*_LINKED):
        for link in visible.links(text):
            if is_dead(link.href):
                sentence = _("The link %(text)s leads nowhere: there is no page at %(address)s.")
                yield Finding(ERROR, sentence % {"text": quoted(link.text), "address": link.href}, name)


def is_dead(href: str) -> bool:
    """Whether ``href`` points into this site, and to nothing that readers can see."""
    parts = urlsplit(href)
    own_host = urlsplit(settings.PUBLIC_URL).netloc
    if parts.scheme in {"mailto", "tel"} or (parts.netloc and parts.netloc != own_host) or not parts.path:
        return False
    language = parts.path.strip("/").split("/")[0]
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        try:
            match = resolve(parts.path)
        except Resolver404:
            return True
    return match.url_name == "other_language" or _shows_nothing(match)


def _shows_nothing(match) -> bool:
    if match.namespace != "education":
        return False
    if "number" in match.kwargs:
        numbered = Quiz if match.url_name == "quiz_by_number" else Guide
        return not numbered.objects.published().filter(number=match.kwargs["number"]).exists()
    if "key" in match.kwargs:
        return not Page.objects.published().filter(key=match.kwargs["key"]).exists()
    return match.url_name in _BY_SLUG and not _is_at(_BY_SLUG[match.url_name], match.kwargs["slug"])


def _is_at(model: type[Model], slug: str) -> bool:
    seen = model.objects.published() if hasattr(model.objects, "published") else model.objects.all()
    if seen.filter(Q(slug_ind=slug) | Q(slug_en=slug)).exists():
        return True
    return seen.filter(pk=OldAddress.objects.leading_to(model, slug, "")).exists()


def says_where_links_lead(said: Said) -> Iterator[Finding]:
    """Screen readers read links out of their sentence."""
    for name, _language, text in said.texts(*_LINKED):
        for link in visible.links(text):
            if link.text.lower().strip(" .…") in EMPTY_WORDS:
                sentence = _("The link %(text)s does not say where it leads.")
                yield Finding(WARNING, sentence % {"text": quoted(link.text)}, name)


def begins_with_a_main_heading(said: Said) -> Iterator[Finding]:
    """A smaller heading before the first main one leaves a hole in the outline."""
    for name, _language, text in said.texts(*_PAGES):
        headings = [block for block in visible.blocks(text) if block.tag in {"h2", "h3"}]
        if headings and headings[0].tag == "h3":
            sentence = _("The small heading %(text)s stands before any main heading.")
            yield Finding(WARNING, sentence % {"text": quoted(headings[0].text)}, name)


def is_not_too_long(said: Said) -> Iterator[Finding]:
    """Somebody frightened does not read a long page."""
    for name, _language, text in said.texts(*_PAGES):
        if (words := word_count(text)) > MOST_WORDS:
            sentence = _("The text has %(words)d words. Above %(most)d, few people read to the end.")
            yield Finding(WARNING, sentence % {"words": words, "most": MOST_WORDS}, name)


CHECKS = (leads_somewhere, says_where_links_lead, begins_with_a_main_heading, is_not_too_long)
