"""What is due at the newsroom, reviews of pages and live checks of helplines: queries, and filters of the lists."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.models import Helpline
from education.models.directory import CHECK_VALID_FOR

DUE_WITHIN = timedelta(days=30)
CHOSEN = "yes"


def overdue(pages: Any) -> QuerySet:
    """Return the published ones of ``pages``, all of a kind that has a day of review, whose day has passed."""
    return pages.published().filter(review_due__lt=timezone.localdate())


def due_soon(pages: Any) -> QuerySet:
    """Return the published ones of ``pages`` whose review is due from today on, within ``DUE_WITHIN``."""
    today = timezone.localdate()
    return pages.published().filter(review_due__gte=today, review_due__lte=today + DUE_WITHIN)


def to_check() -> QuerySet:
    """Return the helplines that readers see and that nobody called within ``CHECK_VALID_FOR`` (safety rule K3)."""
    is_stale = Q(verified_on=None) | Q(verified_on__lt=timezone.localdate() - CHECK_VALID_FOR)
    return Helpline.objects.visible().filter(is_stale)


class ReviewFilter(admin.SimpleListFilter):
    """List filter by the day of the next review."""

    title = _("review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Sequence[tuple[Any, Any]]:
        """Return the choices besides all."""
        return [("overdue", _("Overdue")), ("soon", _("Due within %(days)d days") % {"days": DUE_WITHIN.days})]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the published pages of the choice."""
        find = {"overdue": overdue, "soon": due_soon}.get(self.value() or "")
        return queryset.filter(pk__in=find(queryset.model._default_manager).values("pk")) if find else queryset


class ToCheckFilter(admin.SimpleListFilter):
    """List filter for the helplines to check live."""

    title = _("live check")
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Sequence[tuple[Any, Any]]:
        """Return the only choice besides all."""
        return [(CHOSEN, _("To check"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the helplines to check."""
        return queryset.filter(pk__in=to_check().values("pk")) if self.value() == CHOSEN else queryset
