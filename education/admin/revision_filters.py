"""Filters of the list of draft changes and versions."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from education.models import Revision, Status


class KindFilter(admin.SimpleListFilter):
    """List filter by model: guides, news, …"""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Sequence[tuple[Any, Any]]:
        """Return the models that have versions."""
        used = ContentType.objects.filter(pk__in=Revision.objects.values("content_type").distinct())
        return [(kind.model, model._meta.verbose_name_plural) for kind in used if (model := kind.model_class())]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the revisions of one model."""
        return queryset.filter(content_type__model=self.value()) if self.value() else queryset


class StatusFilter(admin.SimpleListFilter):
    """List filter by status."""

    title = gettext_lazy("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Sequence[tuple[Any, Any]]:
        """Return all statuses."""
        return Status.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the revisions with one status."""
        return queryset.filter(status=self.value()) if self.value() in Status.values else queryset


class ReleaseFilter(admin.SimpleListFilter):
    """List filter by the release of the project that brought a correction."""

    title = gettext_lazy("release")
    parameter_name = "release"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Sequence[tuple[Any, Any]]:
        """Return the releases that brought corrections; without one there is no filter."""
        brought = Revision.objects.exclude(release="").order_by("release").values_list("release", flat=True)
        return [(release, release) for release in brought.distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the corrections of one release."""
        return queryset.filter(release=self.value()) if self.value() else queryset


class ItemFilter(admin.SimpleListFilter):
    """List filter for the versions of one item, used by links: ``?of=guide:6``."""

    title = gettext_lazy("item")
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Sequence[tuple[Any, Any]]:
        """Return only the requested item; without one there is no choice."""
        asked = request.GET.get("of", "")
        found = _item(*asked.partition(":")[::2]) if asked else None
        return [(asked, str(found))] if found else []

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the revisions of one item."""
        found = _item(*(self.value() or "").partition(":")[::2]) if self.value() else None
        return queryset.filter(pk__in=Revision.objects.for_item(found)) if found else queryset


def _item(model_name: str, key: str) -> Model | None:
    kind = ContentType.objects.filter(app_label="education", model=model_name).first()
    model: Any = kind.model_class() if kind else None
    return model.objects.filter(pk=key).first() if model and key.isdigit() else None
