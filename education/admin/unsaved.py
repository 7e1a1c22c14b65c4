"""Unsaved texts on the forms of editors: kept by a script while somebody types, and offered again."""

import json
import secrets
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from education.models.serialization import row_names
from education.publishing.guards import WRITE_ALL
from education.publishing.unsaved import NOTE, Offer, Typed, UnsavedTexts, initial_values, row_values
from safetycenter import kept_form
from safetycenter.hints import AdminMixin

from . import differences

ASKED = "unsaved"  # the page is opened with it to put what was typed into the form
PAGE = "_page"  # sent with the whole form: the name of the opened page


class UnsavedMixin(AdminMixin):
    """Mixin for admin classes of content: the addresses to which the script sends what was typed."""

    def get_urls(self) -> list[URLPattern]:
        """Return Django's URLs and those of unsaved texts. The number of a new item is 0."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        keep = kept_form.answer_script(never_cache(require_POST(self.keep_unsaved)))
        discard = self.admin_site.admin_view(require_POST(self.discard_unsaved))
        return [
            path("<int:object_id>/unsaved/", keep, name=f"{name}_unsaved"),
            path("<int:object_id>/unsaved/discard/", discard, name=f"{name}_unsaved_discard"),
            *super().get_urls(),
        ]

    def _item_to_write(self, request: HttpRequest, object_id: int) -> Any:
        """Return the item, or a new one. Raises PermissionDenied for people who may not write it."""
        item = get_object_or_404(self.get_queryset(request), pk=object_id) if object_id else self.model()
        allowed = self.has_change_permission(request, item) if object_id else self.has_add_permission(request)
        if not allowed:
            raise PermissionDenied
        return item

    def keep_unsaved(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Keep what the script sends. Answer what was kept, and who else is writing."""
        try:
            item = self._item_to_write(request, object_id)
            page, typed, version = _sent(request)
        except Http404:
            text = _("This does not exist any more. Copy what you typed before you leave the page.")
            return JsonResponse({"signed_in": True, "said": text}, status=404)
        except PermissionDenied:
            return JsonResponse({"signed_in": True, "said": _("Your role does not allow this.")}, status=403)
        except (LookupError, ValueError, TypeError, AttributeError):
            return JsonResponse({"signed_in": True, "said": _("This could not be kept. Save it.")}, status=400)
        texts = UnsavedTexts(item, request.user)
        kept = texts.keep(page, typed, version)
        if not kept and any(name in texts.cells for name in typed):
            return JsonResponse({"signed_in": True, "said": _("This could not be kept. Save it.")}, status=403)
        return JsonResponse({"signed_in": True, "kept": sorted(kept), "editing": _editing(texts)})

    def discard_unsaved(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Delete what the page listed of what this person typed, and return to it."""
        listed = {int(key) for key in request.POST.getlist("row") if key.isdecimal()}
        UnsavedTexts(self._item_to_write(request, object_id), request.user).discard(listed)
        back = request.POST.get("next", "")
        allowed = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
        return HttpResponseRedirect(back if allowed else reverse("admin:index"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        """Return Django's values for a new item, with what was typed before if the page was opened for that."""
        offers = UnsavedTexts(self.model(), request.user).offers() if _is_asked(request) else []
        return super().get_changeform_initial_data(request) | initial_values(self.model(), offers)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Return the item; its form shows what was typed before if the page was opened for that."""
        item = super().get_object(request, object_id, from_field)
        request.item_is_gone = item is None  # type: ignore[attr-defined]
        if item is not None and _is_asked(request):
            item.unsaved_offers = UnsavedTexts(item, request.user).offers()
        return item

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict:
        """Return Django's arguments, with the rows that were typed before if the page was opened for that."""
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if _is_asked(request):
            texts = UnsavedTexts(obj if obj.pk else self.model(), request.user)
            typed = row_values(texts.offers(), prefix, texts.data.get(prefix, []))
            options |= {} if typed is None else {"initial": typed}
        return options

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Render the form with what its script needs, for people who may write."""
        item = context.get("original")
        if self.has_change_permission(request, item) if item else self.has_add_permission(request):
            texts = UnsavedTexts(item or self.model(), request.user)
            unsaved = self.unsaved_context(request, texts, f"{self.opts.model_name}_form", request.path)
            whole = row_names(self.model) if request.user.has_perm(WRITE_ALL) else []
            context["unsaved"] = unsaved | {"rows": " ".join(whole), "version": texts.version}
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save the form. Saving deletes what was kept of this page, and what was put into it."""
        response = super().changeform_view(request, object_id, form_url, extra_context)
        key = unquote(object_id) if object_id else ""
        is_sent = request.method == "POST" and response.status_code == HTTPStatus.FOUND
        # For an item that was deleted meanwhile, Django redirects too.
        if is_sent and not getattr(request, "item_is_gone", False) and (not key or key.isdecimal()):
            texts = UnsavedTexts(self.model(pk=int(key) if key else None), request.user)
            texts.forget(page="" if ASKED in request.GET else request.POST.get(PAGE) or "-")
        return response

    def unsaved_context(self, request: HttpRequest, texts: UnsavedTexts, form_id: str, back: str) -> dict:
        """Return what the templates need to keep and to offer unsaved texts of the form with the id ``form_id``."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        key = texts.item.pk or 0
        offers = [_shown(texts, offer) for offer in texts.offers()] if request.method == "GET" else []
        return {
            "form_id": form_id,
            "rows": "",
            "version": 0,
            "page": secrets.token_urlsafe(9),
            "keep_address": reverse(f"{name}_unsaved", args=[key]),
            "discard_address": reverse(f"{name}_unsaved_discard", args=[key]),
            "back": back,
            "restore_address": f"{back}{'&' if '?' in back else '?'}{ASKED}=1",
            "writer": kept_form.writer_field(request),
            "is_asked": _is_asked(request),
            "is_typed": request.method == "POST" or (_is_asked(request) and offers),
            "offers": offers,
            "elsewhere": [],
            "editing": _editing(texts),
        }


def _is_asked(request: HttpRequest) -> bool:
    return request.method == "GET" and ASKED in request.GET


def _sent(request: HttpRequest) -> tuple[str, dict[str, Typed], int]:
    """Return the name of the page, what was typed on it and the version that it showed. Raises ValueError and more."""
    values, seen = json.loads(request.POST["values"]), json.loads(request.POST["seen"])
    if not all(isinstance(found, list) for found in values.values()):
        raise TypeError("the values of an input are a list")
    typed = {
        name: Typed([_storable(value) for value in found if isinstance(value, str)], _storable(str(seen.get(name, ""))))
        for name, found in values.items()
    }
    return _storable(request.POST["page"])[:20], typed, int(request.POST["version"])


def _storable(text: str) -> str:
    """Return ``text`` without what a database refuses in a text: NUL, and halves of a character."""
    return text.replace("\x00", "").encode(errors="ignore").decode()


def _shown(texts: UnsavedTexts, offer: Offer) -> dict:
    language = offer.cell.language if offer.cell else ""
    return {
        "name": offer.name,
        "key": offer.text.pk,
        "label": label(texts, offer.name),
        "at": offer.text.changed_at,
        "is_newer": offer.is_newer,
        "language": language,
        "pieces": differences.text_diff(offer.saved, offer.text.text) if offer.cell or offer.name == NOTE else [],
    }


def label(texts: UnsavedTexts, name: str) -> str:
    """Return what the form calls the input ``name``, with its language."""
    if name == NOTE:
        return _("What you changed")
    if (cell := texts.cells.get(name)) is None:
        if name in row_names(type(texts.item)):
            return str(capfirst(getattr(type(texts.item), name).rel.related_model._meta.verbose_name_plural))
        return str(capfirst(texts.item._meta.get_field(name).verbose_name))
    own = str(cell.model_field(texts.item).verbose_name)
    return capfirst(f"{own} {cell.place + 1}" if cell.rows else own)


def _editing(texts: UnsavedTexts) -> dict[str, str]:
    """Return by the name of an input who else is writing in it, and since when."""
    text = _("%(who)s is editing “%(field)s”, since %(time)s.")
    return {
        name: text % {"who": who, "field": label(texts, name), "time": _clock(since)}
        for name, who, since in texts.editing()
        if name != NOTE
    }


def _clock(moment: datetime) -> str:
    local = timezone.localtime(moment)
    is_today = local.date() == timezone.localdate()
    return time_format(local, "TIME_FORMAT") if is_today else date_format(local, "SHORT_DATETIME_FORMAT")
