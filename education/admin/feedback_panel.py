"""Dashboard panel of the admin index with readers' feedback."""

from typing import Any
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
        + [_search_row(one, request.user) for one in zero_result_log.most_frequent()]
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


def _search_row(one: zero_result_log.ZeroResult, user: Any) -> dict:
    """Return the row of a search without a result: it opens a filled synonym, or a search of the texts.

    A synonym changes the search at once, so authors, translators and reviewers may not add one.
    """
    words = {"words": one.words, "language": get_language_info(one.language)["name_translated"]}
    if user.has_perm("education.add_synonym"):
        label = _("visitors found nothing for “%(words)s” (%(language)s). Add a synonym") % words
        address = reverse("admin:education_synonym_add")
        asked = {"language": one.language, "typed": one.words}
    else:
        label = _("visitors found nothing for “%(words)s” (%(language)s). Find the text that answers it") % words
        address, asked = reverse("admin:education_find"), {"q": one.words}
    return {"count": one.count, "label": label, "address": f"{address}?{urlencode(asked)}"}
