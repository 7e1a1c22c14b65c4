"""Matrix of all items and languages: missing, out of date, draft, in review, waiting or published. Pictures too."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from education.models import (
    Audience,
    Guide,
    HelpBlock,
    Helpline,
    Lesson,
    News,
    Organisation,
    Page,
    Picture,
    Platform,
    Publishable,
    Quiz,
    State,
    Status,
    Term,
    Topic,
)
from education.models.bilingual import LANGUAGES
from education.publishing import translation_status
from education.rendering.marked_words import is_same
from education.translation import column, language_name

from . import matrix_changes, matrix_items
from .matrix_filter import MatrixFilter
from .side_by_side import side_address

KINDS = (Guide, Page, News, Quiz, Lesson, Term, Helpline, Organisation, HelpBlock, Platform, Topic, Audience)

PER_PAGE = 40  # rows: on a phone a page is at most half as high as all of them once were (docs/tests.md)


@dataclass(frozen=True)
class MatrixCell:
    """One state of one language of one item, with the fields concerned and where to work on them.

    ``changes`` is filled for an out-of-date language that the page shows: what changed in its source.
    """

    name: str
    label: Any
    css_class: str
    fields: list[str] = field(default_factory=list)
    field_names: str = ""
    url: str = ""
    changes: list[matrix_changes.SourceChange] = field(default_factory=list)

    @property
    def needs_work(self) -> bool:
        """Return whether there is something to write or to decide."""
        return self.name not in {"published", "written"}


STATES = {
    "missing": (pgettext_lazy("a translation", "Missing"), "danger"),
    "stale": (gettext_lazy("Out of date"), "warn"),
    "draft": (gettext_lazy("Draft"), "brand"),
    "in_review": (State.IN_REVIEW.label, "brand"),
    "waiting": (Status.WAITING.label, "brand"),
    "returned": (Status.RETURNED.label, "warn"),
    "scheduled": (Status.SCHEDULED.label, "brand"),
    "published": (gettext_lazy("Published"), "ok"),
}


@dataclass(frozen=True)
class MatrixRow:
    """One item with its last writer ("" for nobody here) and, for each language, its code, name and states."""

    item: Publishable | Picture
    url: str
    writer: str
    cells: list[tuple[str, str, list[MatrixCell]]]


@require_safe
def translation_matrix(request: HttpRequest) -> HttpResponse:
    """Show the matrix, or the part of it that the address asks for. Unpublished items are left out."""
    if not request.user.has_perm("education.view_guide"):
        raise PermissionDenied
    names = {str(kind._meta.model_name): capfirst(kind._meta.verbose_name_plural) for kind in (*KINDS, Picture)}
    wanted = MatrixFilter.read(request.GET, names, STATES)
    found = {model._meta.model_name: [*map(_row, items)] for model, items in matrix_items.items_of(KINDS).items()}
    found["picture"] = [*map(_picture_row, Picture.objects.order_by("title"))]
    rows = [(kind, row) for kind in names for row in found[kind] if wanted.kind in {"", kind} and wanted.fits(row)]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    _add_changes(row for _kind, row in page)
    people = {row.writer for kind in found.values() for row in kind}
    labels = {name: label for name, (label, _css_class) in STATES.items()}
    context = {
        **admin.site.each_context(request),
        "title": _("Languages"),
        "names": [language_name(code) for code in LANGUAGES],
        "kinds": [(names[kind], [row for _kind, row in shown]) for kind, shown in groupby(page, lambda pair: pair[0])],
        "page": page,
        "choices": wanted.choices(names, labels, people, request.user.get_username()),
        "wanted": wanted,
        "shown": len(rows),
        "total": sum(map(len, found.values())),
    }
    return TemplateResponse(request, "education/admin/translation_matrix.html", context)


def _add_changes(rows: Iterable[MatrixRow]) -> None:
    """Add to the cells of ``rows`` that are out of date what changed in their source."""
    cells = [(row.item, code, cell) for row in rows for code, _name, marks in row.cells for cell in marks]
    stale = [(item, code, cell) for item, code, cell in cells if cell.name == "stale"]
    found = matrix_changes.changes_of([(item, code, cell.fields) for item, code, cell in stale])
    for (_item, _code, cell), changes in zip(stale, found, strict=False):
        cell.changes.extend(change for change in changes if change.pieces)


def _row(item: Any) -> MatrixRow:
    cells = [(code, language_name(code), list(_cells(item, code))) for code in LANGUAGES]
    return MatrixRow(item, _address("change", item), item.last_writer or "", cells)


def _cells(item: Any, language: str) -> Iterator[MatrixCell]:
    """Yield what is missing, out of date or waiting in a language; otherwise draft or published.

    A field that waits to be published is neither missing nor out of date: somebody has written it.
    """
    waiting = _waiting_fields(item, language)
    if language not in item.languages() and not waiting:
        yield _cell("missing", item, language, [])
    elif item.state != State.PUBLISHED:
        yield _cell("in_review" if item.state == State.IN_REVIEW else "draft", item, language, [])
    else:
        yield from _published_cells(item, language, waiting)


def _published_cells(item: Any, language: str, waiting: list[str]) -> Iterator[MatrixCell]:
    found = {
        "missing": translation_status.missing_fields(item, language),
        "stale": translation_status.outdated(item, language),
    }
    left = {name: [one for one in fields if one not in waiting] for name, fields in found.items()}
    marks = [_cell(name, item, language, fields) for name, fields in left.items() if fields]
    if waiting or (item.open_status and not any(_waiting_fields(item, code) for code in LANGUAGES)):
        marks.append(_cell(item.open_status, item, language, []))
    if item.waits_for_time():
        marks.append(replace(_cell("scheduled", item, language, []), label=item.shown_state()))
    yield from marks or [_cell("published", item, language, [])]


def _waiting_fields(item: Any, language: str) -> list[str]:
    """Return the fields whose text in ``language`` the open text of ``item`` changes."""
    data = item.open_data or {}
    texts = {
        field: (data.get(column(field, language)), item.text(field, language)) for field in item.translated_fields()
    }
    for rows in translation_status.ROWS:
        if rows in data:
            now = translation_status.text_now(item, rows, language)
            texts[rows] = (translation_status.text_of(item, data, rows, language), now)
    return [field for field, (new, old) in texts.items() if new is not None and not is_same(new, old)]


def _cell(name: str, item: Publishable, language: str, fields: list[str]) -> MatrixCell:
    label, chip = STATES[name]
    side = side_address(item, language)
    places = {
        "missing": f"{side}#field-{column((fields or item.required_fields)[0], language)}",
        "stale": f"{side}#field-{column(fields[0], language)}" if fields else "",
        "published": "",
    }
    url = places.get(name, _address("proposal", item))
    names = ", ".join(matrix_changes.field_name(item, one) for one in fields)
    return MatrixCell(name, label, chip, fields, names, url)


def _address(page: str, item: Publishable) -> str:
    return reverse(f"admin:education_{item._meta.model_name}_{page}", args=[item.pk])


def _picture_row(picture: Picture) -> MatrixRow:
    """Return the row of a picture of the library, whose words have no drafts."""
    form = reverse("admin:education_picture_change", args=[picture.pk])
    cells = [(code, language_name(code), [_picture_cell(picture, code, form)]) for code in LANGUAGES]
    return MatrixRow(picture, form, "", cells)


def _picture_cell(picture: Picture, language: str, form: str) -> MatrixCell:
    """Return whether the alt text is written in a language, and a caption that another language has."""
    other = any(picture.text("caption", code) for code in LANGUAGES)
    fields = [] if picture.may_be_used(language) else ["alt"]
    fields += ["caption"] if other and not picture.text("caption", language) else []
    if fields:
        label, chip = STATES["missing"]
        names = ", ".join(matrix_changes.field_name(picture, one) for one in fields)
        return MatrixCell("missing", label, chip, fields, names, f"{form}#id_{column(fields[0], language)}")
    return MatrixCell("written", _("only decoration") if picture.decorative else _("alt text"), "ok")
