"""Admin of revisions: the list of proposals and versions, the comparison with the present text, and restoring."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from education.library import alts
from education.models import Publishable, Revision, Status
from education.models.bilingual import LANGUAGES
from education.models.serialization import deleted_references
from education.publishing import workflow
from education.translation import language_name
from safetycenter.read_only import ReadOnlyMixin
from safetycenter.transitions import NotAllowed

from . import corrections, differences, find, live_errors, preview, translation_matrix, unpublish
from .anchors import versions_url
from .own_texts import OwnTextsFilter
from .revision_filters import ItemFilter, KindFilter, ReleaseFilter, StatusFilter

MAX_COMPARED = 50  # versions offered beside one
WAITING_FIRST = Case(When(status=Status.WAITING, then=Value(0)), default=Value(1))


def _others(revision: Revision) -> list[Revision]:
    """Return the newest other versions of its item, with which it can be compared; their texts are read when needed."""
    same = Revision.objects.filter(content_type=revision.content_type_id, object_id=revision.object_id)
    return list(same.exclude(pk=revision.pk).select_related("author").defer("data")[:MAX_COMPARED])


def _may_restore(request: HttpRequest, item: Any, languages: list[str]) -> bool:
    if item is None:
        return False
    return not (workflow.may_write(item, request.user) or workflow.may_change(item, languages, request.user))


@admin.register(Revision)
class RevisionAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """Read-only admin of revisions. A version is never changed or deleted."""

    list_display = ("item_link", "kind", "number", "author_name", "event", "note", "brought_by", "written_at")
    list_display_links = None
    list_filter = (OwnTextsFilter, StatusFilter, KindFilter, ReleaseFilter, ItemFilter)
    list_per_page = 50
    ordering = (WAITING_FIRST, "-written_at", "-number")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the revisions with the related objects that the list shows."""
        return super().get_queryset(request).select_related("content_type", "author").prefetch_related("item")

    @admin.display(description=gettext_lazy("text"))
    def item_link(self, revision: Revision) -> str:
        """Return the item, as a link to the version."""
        address = reverse("admin:education_revision_change", args=[revision.pk])
        return format_html('<a href="{}">{}</a>', address, revision.item or _("deleted"))

    @admin.display(description=gettext_lazy("kind"))
    def kind(self, revision: Revision) -> str:
        """Return the kind of item: guide, news item, …"""
        model = revision.content_type.model_class()
        return str(model._meta.verbose_name) if model else "–"

    @admin.display(description=gettext_lazy("author"), ordering="author__username")
    def author_name(self, revision: Revision) -> str:
        """Return the author. Starter content has none."""
        return str(revision.author or _("Starter content"))

    @admin.display(description=gettext_lazy("outcome"), ordering="status")
    def event(self, revision: Revision) -> str:
        """Return the action that it records, or the status of the text."""
        if revision.action == alts.READ:
            return str(alts.READ_LABEL)
        action = workflow.ACTIONS.get(revision.action)
        return str(action.label) if action else revision.get_status_display()

    @admin.display(description=gettext_lazy("release"), ordering="release")
    def brought_by(self, revision: Revision) -> str:
        """Return the release of which this is a correction, as a link to all its corrections."""
        if not revision.release:
            return "–"
        return format_html('<a href="{}">{}</a>', corrections.page_address(revision.release), revision.release)

    def get_urls(self) -> list[URLPattern]:
        """Return Django's URLs and those of the pages about texts of every kind."""
        take_down = self.admin_site.admin_view(unpublish.find_published_page)
        go_back = self.admin_site.admin_view(require_POST(self.restore))
        return [
            path(
                "languages/",
                self.admin_site.admin_view(translation_matrix.translation_matrix),
                name="education_languages",
            ),
            path("preview/<str:language>/<str:token>/", preview.show, name="education_revision_preview"),
            path(
                "corrections/<str:release>/",
                self.admin_site.admin_view(corrections.page),
                name="education_corrections",
            ),
            path("live-errors/", self.admin_site.admin_view(live_errors.page), name="education_live_errors"),
            path("take-down/", take_down, name="education_unpublish"),
            path("find/", self.admin_site.admin_view(find.find), name="education_find"),
            path("<int:revision_id>/go-back/", go_back, name="education_revision_restore"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show one version beside the present text. A proposal redirects to its page."""
        if request.method not in {"GET", "HEAD"} or not self.has_view_permission(request):
            raise PermissionDenied
        revision = self.get_object(request, object_id)
        if revision is None:
            raise Http404
        undecided = revision.is_open or revision.status == Status.TO_CONFIRM
        if undecided and isinstance(revision.item, Publishable):
            name = f"admin:education_{revision.content_type.model}_proposal"
            return HttpResponseRedirect(reverse(name, args=[revision.object_id]))
        return TemplateResponse(request, "education/admin/version.html", self._context(request, revision))

    def _context(self, request: HttpRequest, revision: Revision) -> dict:
        item = revision.item
        now = workflow.pending_or_live(item) if item else None
        kind = item or revision.content_type.model_class()()
        others = _others(revision)
        other = next((one for one in others if str(one.number) == request.GET.get("with")), None)
        changes = differences.differences_between(kind, now, revision.data)
        return {
            **self.admin_site.each_context(request),
            "title": str(item or _("deleted")),
            "opts": self.opts,
            "revision": revision,
            "event": self.event(revision),
            "item": item,
            "others": others,
            "other": other,
            "differences": differences.differences_between(kind, other.data, revision.data) if other else changes,
            "may_go_back": bool(item and changes) and _may_restore(request, item, LANGUAGES[1:]),
            "languages": [(code, language_name(code)) for code in LANGUAGES if _may_restore(request, item, [code])],
            "may_go_back_whole": _may_restore(request, item, LANGUAGES),
            "may_publish": isinstance(item, Publishable) and request.user.has_perm(workflow.PUBLISH_PERMISSION),
            "versions_address": versions_url(item) if item else "",
        }

    def restore(self, request: HttpRequest, revision_id: int) -> HttpResponse:
        """Restore a version in one language or both. A published item gets a proposal."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        revision = get_object_or_404(Revision, pk=revision_id)
        if revision.item is None:
            raise Http404
        wanted = [code for code in LANGUAGES if code in request.POST.getlist("language")]
        deleted = [] if wanted else deleted_references(revision.item, revision.data)
        try:
            workflow.restore(revision.item, revision, wanted or LANGUAGES, request.user)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:education_revision_change", args=[revision.pk]))
        if deleted:
            names = ", ".join(str(field.verbose_name) for field in deleted)
            messages.warning(request, _("Deleted since then, so not put back: %(fields)s.") % {"fields": names})
        if "publish" in request.POST:
            return self._publish_restored(request, revision, wanted or LANGUAGES)
        messages.success(request, _("Version %(number)d is the text to publish now.") % {"number": revision.number})
        page = "proposal" if isinstance(revision.item, Publishable) else "change"
        address = f"admin:education_{revision.content_type.model}_{page}"
        return HttpResponseRedirect(reverse(address, args=[revision.object_id]))

    def _publish_restored(self, request: HttpRequest, revision: Revision, languages: list[str]) -> HttpResponse:
        """Publish only what was put back. A refusal, such as a check that asks something, leads to the publish page."""
        item = revision.item
        page = f"admin:education_{revision.content_type.model}"
        try:
            workflow.publish_only(item, languages, request.user, request.POST.get("note", ""))
        except NotAllowed as refusal:
            messages.warning(
                request, _("It is put back as a draft change, and not published yet. %(why)s") % {"why": refusal}
            )
            return HttpResponseRedirect(reverse(f"{page}_proposal", args=[item.pk]))
        messages.success(request, _("Readers see version %(number)d again.") % {"number": revision.number})
        return HttpResponseRedirect(reverse(f"{page}_change", args=[item.pk]))
