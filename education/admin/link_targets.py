"""What a link in a text can lead to on this site: the search behind the link button of the rich text editor.

Stored are addresses that stay when a title or a readable address changes: by number or key, never by words. Each leads
to the page in the reader's language (``education.rendering.guide_links``), so that one choice serves every language.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from education import urls_for
from education.models import Guide, Helpline, Page, Platform, Quiz, Term, Topic
from education.models.bilingual import LANGUAGES, columns
from education.models.guide import LARGE_FIELDS
from safetycenter.hints import Text

PER_KIND = 6
MAX_QUERY_LENGTH = 100


class Kind(NamedTuple):
    """A kind of target: its items that readers see, the field with its name, and its address in a language."""

    items: Callable[[], QuerySet]
    name: str
    address: Callable[[Any, str], str]
    number: str = ""


def _numbered(url_name: str, column: str) -> Callable[[Any, str], str]:
    return lambda item, language: _in(language, url_name, getattr(item, column))


def _entry(url_name: str) -> Callable[[Any, str], str]:
    return lambda item, language: f"{_in(language, url_name)}#{urls_for.anchor_of(item)}"


def _in(language: str, url_name: str, *args: Any) -> str:
    return urls_for.urls_of_name(f"education:{url_name}", *args)[language]


def _guides() -> QuerySet:
    return Guide.objects.published().defer(*LARGE_FIELDS)


KINDS = (
    Kind(_guides, "title", _numbered("guide_by_number", "number"), "number"),
    Kind(Page.objects.published, "title", urls_for.canonical_path),
    Kind(Platform.objects.published, "name", urls_for.canonical_path),
    Kind(Topic.objects.published, "title", _numbered("topic_by_number", "pk")),
    Kind(Quiz.objects.published, "title", _numbered("quiz_by_number", "number")),
    Kind(Helpline.objects.visible, "name", _entry("helplines")),
    Kind(Term.objects.published, "term", _entry("glossary")),
)


def find(request: HttpRequest, language: str) -> JsonResponse:
    """Return the targets whose name or number fits ``?q=``, by kind, for a text in ``language``."""
    if not request.user.has_perm("education.view_guide"):
        raise PermissionDenied
    if language not in LANGUAGES:
        raise Http404
    query = request.GET.get("q", "").strip()[:MAX_QUERY_LENGTH]
    groups = [_group(kind, query, language) for kind in KINDS]
    groups.insert(2, {"kind": _("Lists and forms"), "targets": list(_named(query, language))})
    return JsonResponse({"groups": [group for group in groups if group["targets"]]})


def _group(kind: Kind, query: str, language: str) -> dict[str, Any]:
    items = kind.items().filter(_fits(kind, query))[:PER_KIND]
    targets = [_target(kind, item, language) for item in items]
    return {"kind": capfirst(items.model._meta.verbose_name_plural), "targets": targets}


def _fits(kind: Kind, query: str) -> Q:
    words = Q()
    names = columns(kind.name) if _is_translated(kind) else (kind.name,)
    for word in query.split():
        words &= Q(*((f"{name}__icontains", word) for name in names), _connector=Q.OR)
    number = query.removeprefix("p/").strip("/")
    return words | Q(**{kind.number: int(number)}) if kind.number and number.isdecimal() else words


def _is_translated(kind: Kind) -> bool:
    return kind.name in kind.items().model.translated_fields()


def _target(kind: Kind, item: Any, language: str) -> dict[str, str]:
    shown = item.language_shown(language)
    hint = f"p/{getattr(item, kind.number)}" if kind.number else ""
    name = item.text(kind.name, shown) if _is_translated(kind) else getattr(item, kind.name)
    return {"name": name, "lang": shown, "hint": hint, "href": kind.address(item, language)}


def _named(query: str, language: str) -> Iterator[dict[str, str]]:
    """Yield the pages that list things, and the pages of the report form, found by their names in ``language``."""
    with override(language):
        names = {name: str(label) for name, label in _names().items()}
    words = query.lower().split()
    fitting = [name for name, text in names.items() if all(f" {word}" in f" {text.lower()}" for word in words)]
    for name in fitting[:PER_KIND]:
        with override(language):
            yield {"name": names[name], "lang": language, "hint": "", "href": reverse(name)}


def _names() -> dict[str, Text]:
    return {
        "reports:start": _("Report"),
        "reports:check": _("Check your report"),
        "education:guides": _("Guides"),
        "education:helplines": _("Help"),
        "education:emergency": _("Emergency numbers"),
        "education:platforms": _("Apps: rules and settings"),
        "education:glossary": _("Glossary"),
        "education:organisations": _("Organisations"),
        "education:saved": _("Saved guides"),
        "education:incident_log": _("Log sheet to print"),
        "education:school_poster": _("Poster for a school"),
    }
