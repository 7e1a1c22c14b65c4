"""Page of the alt texts that somebody has to read, because their picture was replaced."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from education.library import alts
from education.library.uses import models_with_texts
from education.models import AltToRead, Picture, PictureFile
from education.models.bilingual import LANGUAGES
from education.publishing import guards
from education.publishing.publication import PUBLISH_PERMISSION, is_sensitive
from education.translation import language_name
from safetycenter.roles import Account

PER_PAGE = 24


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show each alt text beside its new picture; a POST says of one, ``alt``, that it is still correct."""
    if not request.user.has_perm("education.view_picture"):
        raise PermissionDenied
    if request.method == "POST":
        return _still_correct(request)
    found = waiting_for(request.user).select_related("picture").prefetch_related("picture__files", "item")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "opts": Picture._meta,
        "title": _("Alt texts to read"),
        "rows": [_row(one) for one in shown],
        "page": shown,
    }
    return TemplateResponse(request, "education/admin/alts_to_read.html", context)


def waiting_for(by: Account) -> QuerySet[AltToRead]:
    """Return the alt texts on which ``by`` may decide."""
    kinds = [model for model in models_with_texts() if guards.may_write(model(), by) is None]
    languages = [code for code in LANGUAGES if guards.may_change(Picture(), [code], by) is None]
    if not kinds or not languages:
        return AltToRead.objects.none()
    return alts.to_read(languages, kinds, sensitive=by.has_perm(PUBLISH_PERMISSION))


def _still_correct(request: HttpRequest) -> HttpResponse:
    key = request.POST.get("alt", "")
    one = get_object_or_404(AltToRead, pk=key if key.isdecimal() else 0)
    if refusal := _refusal(one, request.user):
        messages.error(request, refusal)
    else:
        alts.still_correct(one, request.user)
        messages.success(request, _("Done: “%(alt)s” still fits the picture.") % {"alt": one.alt})
    return HttpResponseRedirect(reverse("admin:education_picture_alts"))


def _refusal(one: AltToRead, by: Account) -> str | None:
    """Return why ``by`` may not decide on this alt text, or None: they may also write it, and publish if sensitive."""
    item: Any = one.item
    if refusal := guards.may_write(item, by) or guards.may_change(item, [one.language], by):
        return refusal
    if not by.has_perm(PUBLISH_PERMISSION) and is_sensitive(item):
        return _("This is sensitive: a publisher says whether its alt texts are still correct.")
    return None


def _row(one: AltToRead) -> dict[str, Any]:
    files = [file for file in one.picture.files.all() if file.format == PictureFile.Format.JPEG]
    own = one.picture.text("alt", one.language)
    item: Any = one.item
    return {
        "alt": one,
        "file": files[0] if files else None,
        "language": language_name(one.language),
        "kind": item._meta.verbose_name,
        "address": reverse(f"admin:education_{item._meta.model_name}_change", args=[item.pk]),
        "suggestion": own if own != one.alt else "",
    }
