"""Page that the rich text editor opens to choose a picture: with its alt text and caption in the language edited."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from education.models import Picture, PictureFile
from education.models.bilingual import LANGUAGES, columns
from education.rendering import pictures as rendering
from education.translation import column, language_name

PER_PAGE = 24
CALLBACK = "CKEditorFuncNum"  # the editor's number of this choice; picture_picker.js sends it back


def without_alt(pictures: QuerySet, language: str) -> QuerySet:
    """Return the pictures that a text in ``language`` may not show yet."""
    name = column("alt", language)
    return pictures.filter(Q(**{name: ""}) | Q(**{f"{name}__isnull": True}), decorative=False)


def url(language: str) -> str:
    """Return the address of the picker for a text in ``language``."""
    return reverse("admin:education_picture_pick", args=[language])


def address_from(request: HttpRequest) -> str | None:
    """Return the address of the picker that opened the form of ``request``, or None."""
    language = request.GET.get("picker", "")
    if language not in LANGUAGES:
        return None
    return f"{url(language)}?{urlencode({CALLBACK: _callback(request)})}"


def pick(request: HttpRequest, language: str) -> HttpResponse:
    """Show the pictures; a picture without an alt text in ``language`` cannot be chosen."""
    if not request.user.has_perm("education.view_picture"):
        raise PermissionDenied
    if language not in LANGUAGES:
        raise Http404
    query = request.GET.get("q", "").strip()[:100]
    page = Paginator(_found(query), PER_PAGE).get_page(request.GET.get("page"))
    add = urlencode({"picker": language, CALLBACK: _callback(request)})
    context = {
        **admin.site.each_context(request),
        "title": _("Choose a picture: %(language)s") % {"language": language_name(language)},
        "cards": [_card(picture, language) for picture in page],
        "page": page,
        "query": query,
        "callback": _callback(request),
        "add_url": f"{reverse('admin:education_picture_add')}?{add}",
        "may_add": request.user.has_perm("education.add_picture"),
        "language": language,
        "is_popup": True,
    }
    return TemplateResponse(request, "education/admin/picture_picker.html", context)


def _callback(request: HttpRequest) -> str:
    number = request.GET.get(CALLBACK, "")
    return number if number.removeprefix("-").isdecimal() else ""


def _found(query: str) -> QuerySet:
    pictures = Picture.objects.prefetch_related("files").filter(files__isnull=False).distinct()
    names = ("title", *columns("alt"), *columns("caption"))
    conditions = Q(*((f"{name}__icontains", query) for name in names), _connector=Q.OR)
    return pictures.filter(conditions) if query else pictures


def _card(picture: Picture, language: str) -> dict[str, Any]:
    files = list(picture.files.all())
    jpegs = [file for file in files if file.format == PictureFile.Format.JPEG]
    return {
        "picture": picture,
        "file": jpegs[0],
        "url": reverse("admin:education_picture_file", args=[jpegs[0].name]),
        "may_be_used": picture.may_be_used(language),
        "alt": "" if picture.decorative else picture.text("alt", language),
        "caption": picture.text("caption", language),
        "kilobytes": rendering.kilobytes(rendering.weight(files)),
        "edit_url": reverse("admin:education_picture_change", args=[picture.pk]),
    }
