"""Context shared by all pages: addresses in both languages, the canonical address, and a note if not translated."""

from collections.abc import Callable, Collection
from functools import wraps

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import get_language

from education import urls_for
from education.models.bilingual import Bilingual, has_slug
from education.publishing import quoted_changes, translation_status
from education.seo import preview, structured
from education.views import redirects
from safetycenter.hints import View


def object_by_slug(published: Callable[[], QuerySet]) -> Callable[[View], View]:
    """Return a decorator that passes the item to a view, looked up by slug among ``published()``.

    The slug of another language and former slugs redirect permanently to the right address. An unknown slug is a 404.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def find(request: HttpRequest, slug: str) -> HttpResponse:
            language = get_language()
            found = list(published().filter(has_slug(slug)))
            for item in found:
                if urls_for.slug_in(item, language) == slug:
                    return view(request, item)
            if found:
                return HttpResponsePermanentRedirect(urls_for.canonical_path(found[0], language))
            return redirects.redirect_to_current(published(), slug)

        return find

    return decorate


def for_item(item: Bilingual, *, sensitive: bool = False, shown_fields: Collection[str] | None = None) -> dict:
    """Return the context of a page that shows ``item`` and its fields ``shown_fields`` (None: all).

    The language switch of a sensitive page uses the neutral address too. An untranslated page names the original as
    canonical and is excluded from search engines.
    """
    language = get_language()
    words = item.localized
    return {
        "item": item,
        "words": words,
        "alternates": urls_for.per_language(lambda code: urls_for.url_of(item, code)),
        "hreflangs": urls_for.with_default(
            {code: urls_for.absolute(urls_for.canonical_path(item, code)) for code in item.languages()}
        ),
        "canonical": urls_for.absolute(urls_for.canonical_path(item, words.language)),
        "untranslated": words.language != language,
        "newer": translation_status.newer(item, shown_fields),
        "newer_quotes": quoted_changes.quoted_changes(item, shown_fields, sensitive),
        "quick_exit": sensitive,
        "preview": preview.preview_of(item),
        "structured": structured.item_data(item),
    }


def for_url_name(name: str, *, quick_exit: bool = False) -> dict:
    """Return the context of a page without an item, by its URL name such as ``education:home``."""
    paths = urls_for.urls_of_name(name)
    return {
        "alternates": paths,
        "hreflangs": urls_for.with_default({code: urls_for.absolute(path) for code, path in paths.items()}),
        "canonical": urls_for.absolute(paths[get_language()]),
        "quick_exit": quick_exit,
        "preview": preview.preview_of_page(urls_for.absolute(paths[get_language()])),
        "structured": "",
    }
