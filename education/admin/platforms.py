"""Admin page of the apps, and the steps in apps that somebody has to try on a phone."""

from itertools import groupby
from operator import itemgetter

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education.models import Platform, PlatformSource
from education.models.bilingual import columns
from education.models.platform import ABILITIES, SECTIONS, label_of
from education.starter import files

from .due_filters import ReviewFilter
from .inlines import FOLDED
from .items import MARKED, SourceInline
from .publishable import STATUS, HasProposalFilter, PublishableAdmin, StateFilter


class PlatformSourceInline(SourceInline):
    model = PlatformSource
    fields = [MARKED, columns("title"), ("dated", "checked_on", "is_stored_copy"), "position"]


def _folded(field: str) -> tuple:
    return (capfirst(label_of(field)), {"fields": [columns(field)], "classes": ["collapse"]})


@admin.register(Platform)
class PlatformAdmin(PublishableAdmin):
    """Admin of the pages on apps. Each section is folded, because an open one has two editors."""

    list_display = (
        "__str__",
        "age_rule",
        "tried_on",
        "state_shown",
        "proposed",
        "written_in",
        "review_due",
        "changed_on",
    )
    list_filter = (ReviewFilter, StateFilter, HasProposalFilter, "age_rule")
    search_fields = ("name", "key", *columns("short_answer"))
    inlines = (PlatformSourceInline,)
    fieldsets = (
        (
            STATUS,
            {
                "fields": [
                    "state_shown",
                    ("name", "key", "order"),
                    ("age_rule", "sensitive"),
                    ("tried_on", "review_due"),
                ],
                "classes": FOLDED,
            },
        ),
        (gettext_lazy("Text"), {"fields": [columns("slug"), columns("short_answer")]}),
        *map(_folded, SECTIONS),
        (gettext_lazy("For the comparison"), {"fields": [*ABILITIES], "classes": ["collapse"]}),
    )

    def get_urls(self) -> list[URLPattern]:
        """Return the other URLs and the one of the steps to try."""
        view = self.admin_site.admin_view(require_safe(self.list_steps_to_try))
        return [path("to-try/", view, name="education_platform_to_try"), *super().get_urls()]

    def list_steps_to_try(self, request: HttpRequest) -> HttpResponse:
        """Show the steps that no page shows until somebody has tried them, by app."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        names = dict(Platform.objects.values_list("key", "name"))
        steps = sorted(steps_to_try(), key=itemgetter("platform"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Steps in apps to try on a phone"),
            "opts": self.opts,
            "apps": [
                (names.get(key, key), [_in_language(step) for step in some])
                for key, some in groupby(steps, key=itemgetter("platform"))
            ],
        }
        return TemplateResponse(request, "education/admin/steps_to_try.html", context)


def steps_to_try() -> list[dict]:
    """Return the steps of the starter files in apps whose page does not say when its steps were tried."""
    return untried_steps(set(Platform.objects.exclude(tried_on=None).values_list("key", flat=True)))


def untried_steps(tried: set[str]) -> list[dict]:
    """Return the steps of the starter files in apps other than ``tried``."""
    return [step for step in files.steps_to_try() if step["platform"] not in tried]


def _in_language(step: dict) -> tuple[str, str]:
    """Return what to try in the language of this page, or else in the first one, and where it was read."""
    return step.get(get_language() or "", step["id"]), step["source"]
