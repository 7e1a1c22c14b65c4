"""Redirects from wrong addresses: a path in another language than its prefix, and former addresses."""

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from education import urls_for
from education.models import SlugRedirect, Topic
from education.models.bilingual import LANGUAGES, has_slug


@require_safe
def other_language(request: HttpRequest, path: str) -> HttpResponse:
    """Redirect ``/en/panduan/…/`` permanently to ``/en/guides/…/``."""
    language = get_language()
    for other in LANGUAGES:
        if other != language and (match := _match(other, path)):
            return HttpResponsePermanentRedirect(reverse(match.view_name, args=match.args, kwargs=match.kwargs))
    raise Http404


def redirect_to_current(listed: QuerySet, slug: str) -> HttpResponse:
    """Redirect a former address permanently to the item's current one. Raises Http404 if no item of ``listed`` had it.

    Call it only when no item has the address now, so that a slug in use by another item is never redirected.
    """
    language = get_language()
    former = SlugRedirect.objects.target_of(listed.model, slug, language)
    item = listed.filter(pk=former).first()
    if item is None:
        raise not_found(listed.model, has_slug(slug) | Q(pk=former))
    return HttpResponsePermanentRedirect(urls_for.canonical_path(item, language))


class NotFoundError(Http404):
    """A missing page, with the ``topic`` of a text that readers once saw there, if they still see that topic."""

    def __init__(self, topic: Topic | None = None) -> None:
        super().__init__()
        self.topic = topic if topic and topic.is_published() else None


def not_found(model: type[Model], where: Q) -> NotFoundError:
    """Return the error for ``where``. It does not reveal whether an unpublished text exists."""
    if not hasattr(model, "topic"):
        return NotFoundError()
    gone = model.objects.unpublished().filter(where).select_related("topic").first()
    return NotFoundError(gone and gone.topic)


def _match(language: str, path: str) -> ResolverMatch | None:
    with override(language):
        try:
            match = resolve(f"/{language}/{path}")
        except Resolver404:
            return None
    return None if match.func is other_language else match
