"""Matrix of all items and languages: missing, out of date, draft or published."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from education.models import (
    Guide,
    HelpBlock,
    Helpline,
    Lesson,
    News,
    Organisation,
    Page,
    Publishable,
    Quiz,
    State,
    Term,
)
from education.models.bilingual import LANGUAGES
from education.publishing import translation_status
from education.translation import column, language_name

from .anchors import anchor

KINDS = (Guide, Page, News, Quiz, Lesson, Term, Helpline, Organisation, HelpBlock)


@dataclass(frozen=True)
class MatrixCell:
    """One state of one language of one item, with the fields concerned and where to work on them."""

    name: str
    label: Any
    css_class: str
    fields: str = ""
    url: str = ""

    @property
    def needs_work(self) -> bool:
        """Return whether there is something to write or to decide."""
        return self.name != "published"


STATES = {
    "missing": (pgettext_lazy("a translation", "Missing"), "danger"),
    "stale": (gettext_lazy("Out of date"), "warn"),
    "draft": (gettext_lazy("Draft"), "brand"),
    "published": (gettext_lazy("Published"), "ok"),
}


@dataclass(frozen=True)
class MatrixRow:
    """One item with the states of each language, in order."""

    item: Publishable
    url: str
    cells: list[tuple[str, list[MatrixCell]]]

    @property
    def needs_work(self) -> bool:
        """Return whether any language needs work."""
        return any(mark.needs_work for _language, marks in self.cells for mark in marks)


@require_safe
def translation_matrix(request: HttpRequest) -> HttpResponse:
    """Show the matrix; with ``?work=1`` only items that need work. Unpublished items are left out."""
    if not request.user.has_perm("education.view_guide"):
        raise PermissionDenied
    only_work = request.GET.get("work") == "1"
    kinds = [(capfirst(model._meta.verbose_name_plural), _rows(model, only_work)) for model in KINDS]
    context = {
        **admin.site.each_context(request),
        "title": _("Languages"),
        "names": [language_name(code) for code in LANGUAGES],
        "kinds": [(name, rows) for name, rows in kinds if rows],
        "only_work": only_work,
    }
    return TemplateResponse(request, "education/admin/translation_matrix.html", context)


def _rows(model: type[Publishable], only_work: bool) -> list[MatrixRow]:
    rows = [_row(item) for item in model.objects.exclude(state=State.ARCHIVED)]
    return [row for row in rows if row.needs_work or not only_work]


def _row(item: Publishable) -> MatrixRow:
    cells = [(language_name(code), list(_cells(item, code))) for code in LANGUAGES]
    return MatrixRow(item, _address("change", item), cells)


def _cells(item: Publishable, language: str) -> Iterator[MatrixCell]:
    """Yield missing or draft for a whole language; otherwise its missing and outdated fields; otherwise published."""
    if language not in item.languages():
        yield _cell("missing", item, language, [])
    elif item.state != State.PUBLISHED:
        yield _cell("draft", item, language, [])
    else:
        found = {
            "missing": translation_status.missing_fields(item, language),
            "stale": translation_status.outdated(item, language),
        }
        marks = [_cell(name, item, language, fields) for name, fields in found.items() if fields]
        yield from marks or [_cell("published", item, language, [])]


def _cell(name: str, item: Publishable, language: str, fields: list[str]) -> MatrixCell:
    label, chip = STATES[name]
    places = {
        "missing": f"{_address('change', item)}#{anchor(column((fields or item.required_fields)[0], language))}",
        "stale": f"{_address('change', item)}#behind",
        "draft": _address("proposal", item),
    }
    return MatrixCell(name, label, chip, ", ".join(_name(item, field) for field in fields), places.get(name, ""))


def _name(item: Publishable, field: str) -> str:
    if field in translation_status.ROWS:
        return str(item._meta.get_field(field).related_model._meta.verbose_name_plural)
    return str(item._meta.get_field(field).verbose_name)


def _address(page: str, item: Publishable) -> str:
    return reverse(f"admin:education_{item._meta.model_name}_{page}", args=[item.pk])
