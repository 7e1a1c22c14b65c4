"""Page of the errors that readers see already, by kind of text: what housekeeping found, with links to mend it."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education.models import LiveCheck, Revision
from education.models.bilingual import LANGUAGES
from education.publishing.live_errors import AGAIN_AFTER, PER_ROUND
from education.translation import language_name

from .anchors import anchor
from .translation_matrix import KINDS

PER_PAGE = 30
_ORDER = [kind._meta.model_name for kind in KINDS]


@dataclass(frozen=True)
class Row:
    """One text with its errors; ``first`` marks one that lacks a prescribed sentence."""

    name: str
    kind: str
    place: int
    first: bool
    errors: list[dict[str, str]]
    checked_at: Any
    publish_page: str
    form: str


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show every published text with an error, first those without a prescribed sentence, then by kind."""
    if not request.user.has_perm("education.view_revision"):
        raise PermissionDenied
    found = LiveCheck.objects.exclude(rank=LiveCheck.Rank.NONE).select_related("content_type")
    rows = sorted((_row(one) for one in found), key=_place)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "opts": Revision._meta,
        "title": _("Errors that readers see"),
        "groups": [(label, list(some)) for label, some in groupby(shown, key=_group)],
        "page": shown,
        "per_round": PER_ROUND,
        "unchecked": max(0, _published() - LiveCheck.objects.count()),
        "oldest": (oldest := LiveCheck.objects.aggregate(moment=Min("checked_at"))["moment"]),
        # Twice the time: a round of housekeeping checks a part of the texts.
        "is_late": oldest is not None and oldest < timezone.now() - 2 * AGAIN_AFTER,
    }
    return TemplateResponse(request, "education/admin/live_errors.html", context)


def _published() -> int:
    """Return how many texts readers see, of all kinds, in one query."""
    kinds: Any = KINDS
    keys = [kind.objects.published().order_by().values_list("pk") for kind in kinds]
    return keys[0].union(*keys[1:], all=True).count()


def _row(one: LiveCheck) -> Row:
    """Return what the page shows of ``one``, the errors that prescribed sentences are about first."""
    model: Any = one.content_type.model_class()
    form, publish_page = (
        reverse(f"admin:education_{one.content_type.model}_{name}", args=[one.object_id])
        for name in ("change", "proposal")
    )
    errors = sorted(one.errors, key=lambda error: not error["prescribed"])
    first = one.rank == LiveCheck.Rank.PRESCRIBED
    place = _ORDER.index(one.content_type.model)
    kind = capfirst(str(model._meta.verbose_name))
    errors = [*map(_shown, errors)]
    return Row(_in_language(one.name), kind, place, first, errors, one.checked_at, publish_page, form)


def _shown(error: dict[str, Any]) -> dict[str, str]:
    language = error["language"]
    return {
        "text": _in_language(error["text"]),
        "language": language_name(language) if language in LANGUAGES else "",
        "anchor": anchor(error["field"]) if error["field"] else "",
    }


def _in_language(texts: dict[str, str]) -> str:
    """Return the text in the language of the page; in another one if it was stored before this language came."""
    return texts.get(get_language() or "") or next(iter(texts.values()), "")


def _place(row: Row) -> tuple[bool, int, str]:
    return not row.first, row.place, row.name


def _group(row: Row) -> str:
    if row.first:
        return _("A prescribed sentence is missing")
    return capfirst(str(KINDS[row.place]._meta.verbose_name_plural))
