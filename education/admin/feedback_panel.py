"""Dashboard panel of the admin index with readers' feedback."""

from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from education import feedback
from education.search import zero_result_log


@admin.site.register_panel  # type: ignore[attr-defined]
def feedback_panel(request: HttpRequest) -> dict | None:
    """Return numbers that readers could not reach, texts that did not help, and searches without results."""
    if not request.user.has_perm("education.view_helpline"):
        return None
    dead = [_dead_number_row(one) for one in feedback.dead_numbers()]
    rows = (
        dead
        + [_unhelpful_row(one) for one in feedback.unhelpful_texts()]
        + [_search_row(one) for one in zero_result_log.most_frequent()]
    )
    panel = {"title": _("Reader feedback"), "template": "education/admin/_dashboard_panel.html", "rows": rows}
    return panel | {"wide": True, "alarm": bool(dead)} if rows else None


def _dead_number_row(one: feedback.DeadNumberCount) -> dict:
    label = ngettext(
        "reader could not reach %(name)s, last on %(day)s",
        "readers could not reach %(name)s, last on %(day)s",
        one.count,
    )
    return {
        "count": one.count,
        "label": label % {"name": one.helpline, "day": date_format(one.last, "j F Y")},
        "address": reverse("admin:education_helpline_change", args=[one.helpline.pk]),
    }


def _unhelpful_row(one: feedback.UnhelpfulCount) -> dict:
    label = _("of %(asked)s readers did not find “%(title)s” (%(language)s) helpful. %(reasons)s") % {
        "asked": one.answer_total,
        "title": one.guide.text("title", one.language),
        "language": get_language_info(one.language)["name_translated"],
        "reasons": " · ".join(f"{label}: {count}" for label, count in one.reasons),
    }
    return {
        "count": one.unhelpful_total,
        "label": label.strip(),
        "address": reverse("admin:education_guide_change", args=[one.guide.pk]),
    }


def _search_row(one: zero_result_log.ZeroResult) -> dict:
    label = _("visitors found nothing for “%(words)s” (%(language)s). Add a synonym") % {
        "words": one.words,
        "language": get_language_info(one.language)["name_translated"],
    }
    filled = urlencode({"language": one.language, "typed": one.words})
    return {"count": one.count, "label": label, "address": f"{reverse('admin:education_synonym_add')}?{filled}"}
