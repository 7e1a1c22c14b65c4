"""Dashboard panel of the admin index with the work that waits for an editor."""

from collections.abc import Iterator

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.models import Guide, Helpline, HelplineRole, Revision, StarterItem, State, Status
from education.models.directory import CHECK_VALID_FOR
from education.publishing import workflow
from safetycenter.hints import Text

from .translation_matrix import KINDS

# The kind of item in each starter file.
STARTER_KIND_LABELS = {
    "audiences": "audience",
    "topics": "topic",
    "helplines": "helpline",
    "helpline_roles": "helplinerole",
    "guides": "guide",
    "quizzes": "quiz",
    "lessons": "lesson",
    "pages": "page",
    "news": "news",
    "glossary": "term",
    "synonyms": "synonym",
    "organisations": "organisation",
    "help": "helpblock",
}


@admin.site.register_panel  # type: ignore[attr-defined]
def work_panel(request: HttpRequest) -> dict | None:
    """Return counts of waiting work, each linked to its list; nothing for people without a content role."""
    if not request.user.has_perm("education.view_guide"):
        return None
    found = (
        *(_unpublished(), *_in_review(), *_proposals(), _outdated_translations(), _overdue_reviews()),
        *(_helplines_to_check(), _roles_without_helpline(), _skipped_corrections()),
    )
    return {
        "title": _("Guides and help"),
        "template": "education/admin/_dashboard_panel.html",
        "rows": [row for row in found if row["count"]],
        "more": reverse("admin:education_languages"),
        "may_unpublish": request.user.has_perm(workflow.UNPUBLISH_PERMISSION),
    }


def _in_review() -> Iterator:
    for model in KINDS:
        address = reverse(f"admin:education_{model._meta.model_name}_changelist")
        yield {
            "label": _("In review: %(kind)s") % {"kind": model._meta.verbose_name_plural},
            "count": model.objects.filter(state=State.IN_REVIEW).count(),
            "address": f"{address}?state__exact={State.IN_REVIEW}",
        }


def _proposals() -> list[dict]:
    """Return counts of the texts waiting for a decision, by status."""
    labels = {
        Status.WAITING: _("Draft changes to published pages"),
        Status.RETURNED: _("Draft changes with changes requested"),
        Status.SCHEDULED: _("Approved texts scheduled for later"),
    }
    return [_revisions(status, label) for status, label in labels.items()]


def _unpublished() -> dict:
    return _revisions(Status.TO_CONFIRM, _("Unpublished: a second person must confirm or republish"))


def _revisions(status: Status, label: Text) -> dict:
    return {
        "label": label,
        "count": Revision.objects.filter(status=status).count(),
        "address": reverse("admin:education_revision_changelist") + f"?status={status}",
    }


def _outdated_translations() -> dict:
    return {
        "label": _("Texts with one language out of date"),
        "count": sum(
            model.objects.filter(state=State.PUBLISHED).exclude(outdated_fields={}).count() for model in KINDS
        ),
        "address": reverse("admin:education_languages") + "?work=1",
    }


def _overdue_reviews() -> dict:
    return {
        "label": _("Guides whose review is overdue"),
        "count": Guide.objects.published().filter(review_due__lt=timezone.localdate()).count(),
        "address": reverse("admin:education_guide_changelist") + "?o=7",
    }


def _helplines_to_check() -> dict:
    too_long_ago = timezone.localdate() - CHECK_VALID_FOR
    stale = Q(verified_on=None) | Q(verified_on__lt=too_long_ago)
    return {
        "label": _("Helplines to check live: never checked, or more than %(days)d days ago")
        % {"days": CHECK_VALID_FOR.days},
        "count": Helpline.objects.visible().filter(stale).count(),
        "address": reverse("admin:education_helpline_changelist"),
    }


def _roles_without_helpline() -> dict:
    """Return the roles whose helpline readers cannot see or reach. Pages show the emergency set in their place."""
    reachable = Helpline.objects.reachable().order_by()
    return {
        "label": _("Helpline roles without a published helpline"),
        "count": HelplineRole.objects.exclude(helpline__in=reachable).count(),
        "address": reverse("admin:education_helplinerole_changelist"),
    }


def _skipped_corrections() -> dict:
    """Return the corrections of a release that could be neither loaded nor proposed."""
    names = list(StarterItem.objects.filter(correction_skipped=True).order_by("name").values_list("name", flat=True))
    label = _("Corrections from the project that were not applied because these items were edited here: %(names)s")
    kind = names[0].partition(":")[0] if names else ""
    address = f"admin:education_{STARTER_KIND_LABELS.get(kind, 'guide')}_changelist"
    return {"label": label % {"names": ", ".join(names)}, "count": len(names), "address": reverse(address)}
