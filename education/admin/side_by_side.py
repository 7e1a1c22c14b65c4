"""The side-by-side page: the texts of an item in one language beside those of another, each saved alone."""

from dataclasses import dataclass, field
from typing import Any

from csp.constants import NONCE
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from js_asset import Media

from education.models import Publishable
from education.models.bilingual import LANGUAGES
from education.publishing import workflow
from education.publishing.cells import Cell
from education.publishing.unsaved import NOTE, UnsavedTexts
from education.translation import language_name
from safetycenter import kept_form
from safetycenter.hints import AdminMixin

from . import preview, side_saving
from .base import EDITOR_SCRIPTS, EDITOR_STYLE
from .proposal import schedule_context
from .side_fields import SideField, SideTexts, form_of, groups, side_field
from .unsaved import ASKED, UnsavedMixin


@dataclass
class SidePage:
    """One request: the item, its texts, what this person may do, and what they typed without saving it."""

    request: HttpRequest
    item: Publishable
    source: str
    target: str
    shows_all: bool
    refusal: str | None
    typed: dict[str, side_saving.Typed] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    note: str = ""

    def __post_init__(self) -> None:
        """Read the newest text."""
        self.note = self.request.POST.get("note", "")
        self.texts = SideTexts(self.item, self.source, self.target)

    def read_again(self) -> None:
        """Read the item and its newest text from the database again."""
        self.item = type(self.item).objects.get(pk=self.item.pk)
        self.texts = SideTexts(self.item, self.source, self.target)

    def address(self, anchor: str = "") -> str:
        """Return the address of this page."""
        return side_address(self.item, self.target, self.source, self.shows_all) + (f"#{anchor}" if anchor else "")

    def fields(self) -> list[SideField]:
        """Return all texts, with what was typed and not saved."""
        found = [side_field(self.texts, cell) for cell in self.texts.cells()]
        for one in found:
            one.errors = self.errors.get(one.cell.name, [])
            side_saving.restore_typed(self.texts, one, self.typed.get(one.cell.name))
        return found


def side_address(item: Any, target: str, source: str = "", shows_all: bool = False) -> str:
    """Return the address of the side-by-side page of ``item`` for writing in ``target``."""
    asked = {"to": target} | ({"from": source} if source and len(LANGUAGES) > 2 else {})
    asked |= {"show": "all"} if shows_all else {}
    return reverse(f"admin:education_{item._meta.model_name}_sides", args=[item.pk]) + f"?{urlencode(asked)}"


class SideBySideMixin(UnsavedMixin, AdminMixin):
    """Mixin for admin classes of publishable items: the side-by-side page."""

    def get_urls(self) -> list[URLPattern]:
        """Return Django's URLs and the side-by-side page."""
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.side_by_side))
        address = path(
            "<int:object_id>/sides/",
            kept_form.preserve_form(view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_sides",
        )
        return [address, *super().get_urls()]

    def side_by_side(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Show the texts of one language beside another, or do what a button of the page says."""
        item = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        page = self._page(request, item)
        if request.method == "POST":
            if page.refusal:
                raise PermissionDenied
            saved = side_saving.run(self, page)
            page.read_again()
            page.typed = side_saving.unsaved(self, page)
            if saved and not page.typed and not page.errors:
                return HttpResponseRedirect(page.address(_next_anchor(page, saved)))
        elif ASKED in request.GET:
            side_saving.put_back(page, UnsavedTexts(item, request.user, page.texts.data).offers())
        return self._side_response(request, page)

    def _page(self, request: HttpRequest, item: Publishable) -> SidePage:
        target = request.GET.get("to", "")
        target = target if target in LANGUAGES else LANGUAGES[1]
        source = request.GET.get("from", "")
        if source not in LANGUAGES or source == target:
            source = next(code for code in LANGUAGES if code != target)
        refusal = None if self.has_change_permission(request, item) else _("Your role does not allow this.")
        refusal = refusal or workflow.may_change(item, [target], request.user)
        return SidePage(request, item, source, target, request.GET.get("show") == "all", refusal)

    def _side_response(self, request: HttpRequest, page: SidePage) -> HttpResponse:
        fields = page.fields()
        _name_people(fields)
        to_do = [one for one in fields if one.is_to_do]
        filled = [one for one in fields if one.source or one.text or page.target == LANGUAGES[0]]
        shown = filled if page.shows_all else [one for one in filled if one.is_to_do or one.typed is not None]
        form = form_of([] if page.refusal else shown, self._formfields(request, page.item, shown))
        context = {
            **self.admin_site.each_context(request),
            **schedule_context(page.item, request.user),
            "time_steps": {},  # the page is one form
            **self._side_links(request, page),
            **self._side_unsaved(request, page, shown),
            "title": str(page.item),
            "opts": self.opts,
            "page": page,
            "original": page.item,
            "proposal": page.texts.proposal,
            "groups": groups(page.texts, shown),
            "to_do": to_do,
            "count": len(filled),
            "finished": [] if page.shows_all else [one for one in filled if one not in shown],
            "failed": [one for one in shown if one.errors],
            "note": page.note,
            "minor": "minor" in request.POST,
            "media": Media.from_media(form.media + _media()).with_nonce(str(request.csp_nonce)),  # type: ignore[attr-defined]
        }
        response = TemplateResponse(request, "education/admin/side_by_side.html", context)
        response._csp_update = {"script-src": [NONCE], "style-src": [EDITOR_STYLE]}  # type: ignore[attr-defined]
        return response

    def _side_unsaved(self, request: HttpRequest, page: SidePage, fields: list[SideField]) -> dict:
        """Return what keeps and offers unsaved texts, and set who else is writing in each of ``fields``."""
        if page.refusal:
            return {}
        texts = UnsavedTexts(page.item, request.user, page.texts.data)
        unsaved = self.unsaved_context(request, texts, "main-sides", page.address())
        for one in fields:
            one.editing = unsaved["editing"].get(one.cell.name, "")
        here = [offer for offer in unsaved["offers"] if offer["language"] == page.target or offer["name"] == NOTE]
        elsewhere = self._unsaved_elsewhere(page, [offer for offer in unsaved["offers"] if offer not in here])
        return {"unsaved": unsaved | {"is_typed": page.typed, "offers": here, "elsewhere": elsewhere}}

    def _unsaved_elsewhere(self, page: SidePage, offers: list[dict]) -> list[tuple[str, str]]:
        """Return where the unsaved ``offers`` that have no field on this page can be put back: names and addresses."""
        form = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[page.item.pk])
        places = {offer["language"]: side_address(page.item, offer["language"], page.target) for offer in offers}
        return [
            (language_name(code) if code else _("Whole form"), url if code else form) for code, url in places.items()
        ]

    def _side_links(self, request: HttpRequest, page: SidePage) -> dict:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        item = page.item
        return {
            "source_name": language_name(page.source),
            "target_name": language_name(page.target),
            "directions": [
                (code, language_name(code), side_address(item, code, shows_all=page.shows_all)) for code in LANGUAGES
            ],
            "show_work": side_address(item, page.target, page.source),
            "show_all": side_address(item, page.target, page.source, shows_all=True),
            "other_way": side_address(item, page.source, page.target, page.shows_all),
            "other_all": side_address(item, page.source, page.target, shows_all=True),
            "change_address": reverse(f"{name}_change", args=[item.pk]),
            "proposal_address": reverse(f"{name}_proposal", args=[item.pk]),
            "preview_address": preview.preview_url(item, page.target),
            "may_confirm": not page.refusal and not workflow.ACTIONS["confirm"].refusal(item, request.user),
        }

    def _formfields(self, request: HttpRequest, item: Publishable, fields: list[SideField]) -> dict:
        return {one.cell.name: self.side_formfield(request, item, one.cell) for one in fields}

    def side_formfield(self, request: HttpRequest, item: Publishable, cell: Cell) -> Any:
        """Return the form field of ``cell``, as on the form of the item."""
        formfield = self.formfield_for_dbfield(cell.model_field(item), request)
        assert formfield  # noqa: S101 - every text has an input
        formfield.required = False
        return formfield

    def side_errors(self, data: dict) -> dict[str, str]:
        """Return by column what is wrong with the texts in ``data`` for this kind of item."""
        return {}


def _media() -> Media:
    return Media(css={"all": ["css/editorial.css", "css/sides.css"]}, js=EDITOR_SCRIPTS)


def _next_anchor(page: SidePage, saved: str) -> str:
    """Return the anchor of the next text that needs work after the one called ``saved``; of that one if none does."""
    names = [cell.name for cell in page.texts.cells()]
    to_do = [one.cell.name for one in page.fields() if one.is_to_do]
    place = names.index(saved) if saved in names else 0
    later = [name for name in to_do if names.index(name) > place] or to_do
    return f"field-{later[0]}" if later else "main-sides"


def _name_people(fields: list[SideField]) -> None:
    """Set the names of those who said that a text is not needed."""
    left_out = [one for one in fields if one.left_out]
    keys = {one.left_out["by"] for one in left_out if one.left_out}
    names = {one.pk: str(one) for one in get_user_model().objects.filter(pk__in=keys)} if keys else {}
    for one in left_out:
        one.left_out_by = names.get((one.left_out or {})["by"], "")
