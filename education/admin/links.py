"""Admin page of the external links: every address in published texts, its last result, and replacing it everywhere."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education.links import checking, places, replacing
from education.models import ExternalLink
from education.models.bilingual import LANGUAGES
from education.publishing.guards import WRITE_ALL
from safetycenter.read_only import ReadOnlyMixin

from . import link_targets

PER_PAGE = 50
Result = ExternalLink.Result
# What needs work first. The empty result: not checked yet.
ORDER = (Result.GONE, Result.MOVED, Result.UNREACHABLE, Result.REFUSED, "", Result.WORKS)
NEED_WORK = ORDER[:3]
SHOWN: dict[str, Callable[[ExternalLink], bool]] = {
    "work": lambda link: link.result in NEED_WORK,
    "broken": lambda link: link.is_broken,
}


@admin.register(ExternalLink)
class ExternalLinkAdmin(ReadOnlyMixin, ModelAdmin):
    """The page of the external links. Its rows are read from the texts, so nobody adds or changes one here."""

    def get_urls(self) -> list[URLPattern]:
        """Return the URLs of the list, of replacing an address, and of the search of the link button."""
        view = self.admin_site.admin_view
        return [
            path("", view(require_safe(self.list_links)), name="education_externallink_changelist"),
            path("replace/", view(self.replace), name="education_externallink_replace"),
            path("targets/<str:language>/", view(require_safe(link_targets.find)), name="education_link_targets"),
        ]

    def list_links(self, request: HttpRequest) -> HttpResponse:
        """Show the addresses, first those that need work; ``?show=`` takes some of them, ``?q=`` those with it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        query, show = request.GET.get("q", "").strip(), request.GET.get("show", "")
        is_shown = SHOWN.get(show, bool)
        rows = [row for row in _rows() if query in row["url"] and is_shown(row["link"])]
        context = {
            "title": _("Links to other sites"),
            "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
            "query": query,
            "show": show if show in SHOWN else "",
            "is_on": settings.CHECK_LINKS,
            "per_round": checking.PER_ROUND,
            "may_replace": request.user.has_perm(WRITE_ALL),
        }
        return self._page(request, "links", context)

    def replace(self, request: HttpRequest) -> HttpResponse:
        """Ask for the new address, show each place, and save the draft changes that were chosen."""
        if not (self.has_view_permission(request) and request.user.has_perm(WRITE_ALL)):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        old, typed = asked.get("old", ""), asked.get("new", "")
        if old not in places.used(_language()):
            raise Http404
        try:
            new, error = replacing.clean(old, typed) if typed else "", ""
        except ValidationError as refusal:
            new, error = "", str(refusal.message)
        if request.method == "POST" and new and (chosen := request.POST.getlist("item")):
            return self._propose(request, old, new, chosen)
        if request.method == "POST" and not error:
            error = _("Choose at least one text.") if new else _("Write the new address.")
        context = {"title": _("Replace a link everywhere"), "old": old, "typed": typed, "new": new, "error": error}
        planned = replacing.plan(old, new or old, request.user)
        return self._page(request, "replace_link", context | {"planned": planned})

    def _propose(self, request: HttpRequest, old: str, new: str, chosen: list[str]) -> HttpResponse:
        changed, refused = replacing.propose(old, new, chosen, request.user)
        if changed:
            text = ngettext(
                "Saved as a draft change of %(count)d text: %(names)s. Readers see it when it is published.",
                "Saved as draft changes of %(count)d texts: %(names)s. Readers see each when it is published.",
                len(changed),
            )
            names = ", ".join(str(item) for item in changed)
            messages.success(request, text % {"count": len(changed), "names": names})
        for sentence in refused:
            messages.error(request, sentence)
        return HttpResponseRedirect(reverse("admin:education_externallink_changelist"))

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"education/admin/{template}.html", context)


def _language() -> str:
    return get_language() or LANGUAGES[0]


def _rows() -> list[dict[str, Any]]:
    """Return every address with its places and its last result."""
    used = places.used(_language())
    known = {link.url: link for link in ExternalLink.objects.all()}
    rows = [
        {"url": url, "places": found, "link": known.get(url) or ExternalLink(url=url)} for url, found in used.items()
    ]
    return sorted(rows, key=lambda row: (ORDER.index(row["link"].result), row["url"]))
