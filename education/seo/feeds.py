"""Atom feeds of new content, one per language."""

from itertools import chain

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from education import urls_for
from education.models import Guide, News
from education.models.bilingual import LANGUAGES
from education.models.guide import LARGE_FIELDS
from education.rendering import rich_text
from safetycenter.days import beginning_of
from safetycenter.page_cache.middleware import cached_page

MAX_ENTRIES = 20


@cached_page(one_language=True)
@require_safe
def feed(request: HttpRequest, language: str) -> HttpResponse:
    """Return the newest guides and news in ``language``. Sensitive guides are left out, as in all lists by date."""
    if language not in LANGUAGES:
        raise Http404
    with override(language):
        text = _atom(language).writeString("utf-8")
    # Set the language header here; otherwise the cached page would have the language of its first visitor.
    return HttpResponse(text, content_type=Atom1Feed.content_type, headers={"Content-Language": language})


def _atom(language: str) -> Atom1Feed:
    name = settings.SITE_NAME or _("Safety Center")
    home = urls_for.absolute(reverse("education:home"))
    own = urls_for.absolute(reverse("plain:feed", args=[language]))
    author = settings.OPERATOR["name"] or name  # Atom requires an author (RFC 4287, 4.1.1)
    atom = Atom1Feed(name, home, _("New guides and news"), language=language, feed_url=own, author_name=author)
    for day, item, text in _newest(language):
        address = urls_for.absolute(urls_for.canonical_path(item, language))
        text = escape(rich_text.plain(text))  # HTML without links, because "/id/" does not resolve on other sites
        atom.add_item(
            item.localized.title, address, text, unique_id=_stable_id(item, own), updateddate=beginning_of(day)
        )
    return atom


def _stable_id(item: Guide | News, feed: str) -> str:
    """Return an id that stays the same if the address of ``item`` changes, so that readers do not see it twice."""
    return f"{feed}#{item._meta.model_name}-{item.pk}"


def _newest(language: str) -> list[tuple]:
    guides = Guide.objects.published().filter(sensitive=False).defer(*LARGE_FIELDS).order_by("-changed_on", "number")
    news = News.objects.published().defer("body")
    entries = chain(
        ((guide.changed_on, guide, guide.localized.short_answer) for guide in guides[: MAX_ENTRIES * 2]),
        ((item.date, item, item.localized.summary) for item in news[: MAX_ENTRIES * 2]),
    )
    written = [entry for entry in entries if language in entry[1].languages()]
    return sorted(written, key=lambda entry: entry[0], reverse=True)[:MAX_ENTRIES]
