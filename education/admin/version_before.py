"""Lead from an item to the version that readers had before the present one: the shortest way to put a text back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education.models import Publishable, Revision, State
from education.publishing.publication import PUBLISH_PERMISSION, PUBLISHING_ACTIONS, TIME_COLUMNS, published_text
from education.rendering.marked_words import is_same
from safetycenter.hints import AdminMixin

from .anchors import versions_url

MOST_READ = 20  # versions, the newest first


class VersionBeforeMixin(AdminMixin):
    """Mixin for admin classes of publishable items: the address of the version that readers had before."""

    url_name: str

    def get_urls(self) -> list[URLPattern]:
        """Return Django's URLs, and the one that leads to the version before."""
        view = self.admin_site.admin_view(require_safe(self.version_before))
        return [path("<int:object_id>/before/", view, name=f"{self.url_name}_before"), *super().get_urls()]

    def version_before(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Redirect to the version that readers had before the present one; without one, to all versions."""
        item = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        if before := version_before(item):
            return HttpResponseRedirect(reverse("admin:education_revision_change", args=[before.pk]))
        messages.info(request, _("No earlier version that readers had is known."))
        return HttpResponseRedirect(versions_url(item))


def address_for(item: Model, by: Any) -> str:
    """Return the address that leads to the version before, for somebody who may publish what they put back; else ""."""
    if not isinstance(item, Publishable) or item.state != State.PUBLISHED or not by.has_perm(PUBLISH_PERMISSION):
        return ""
    return reverse(f"admin:education_{item._meta.model_name}_before", args=[item.pk])


def version_before(item: Publishable) -> Revision | None:
    """Return the newest version that readers had and that says something else than the present one, or ``None``."""
    now = published_text(item)
    records = Revision.objects.for_item(item)
    shown = list(records.filter(action__in=PUBLISHING_ACTIONS)[:MOST_READ])
    shown += records.filter(author=None)[:MOST_READ]  # the shipped content, whose publication is no action
    return next((one for one in shown if now is not None and not _is_same(one.data, now)), None)


def _is_same(before: dict, now: dict) -> bool:
    """Return whether readers get the same. Saving gives headings an id, which no reader sees."""
    return all(
        value == now.get(name) or (isinstance(value, str) and is_same(value, now.get(name) or ""))
        for name, value in before.items()
        if name not in TIME_COLUMNS
    )
