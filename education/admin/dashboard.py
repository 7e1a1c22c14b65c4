"""Dashboard panel of the admin index with the work that waits for an editor."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from education.models import Guide, Platform, Publishable, StarterItem, Status
from education.models.bilingual import LANGUAGES
from education.models.directory import CHECK_VALID_FOR
from education.publishing import translation_status, workflow
from education.translation import language_name

from . import my_work, own_texts
from .due_filters import CHOSEN
from .platforms import untried_steps
from .side_by_side import side_address
from .waiting import (
    ALTS,
    ERRORS,
    GONE,
    IN_REVIEW,
    MAX_LISTED,
    NO_HELPLINE,
    OUTDATED,
    OVERDUE,
    SKIPPED,
    TO_CHECK,
    TRIED,
    UNPRESCRIBED,
    Waiting,
)

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
    "platforms": "platform",
}


@admin.site.register_panel  # type: ignore[attr-defined]
def work_panel(request: HttpRequest) -> dict | None:
    """Return counts of waiting work, each linked to its list; nothing for people without a content role."""
    if not request.user.has_perm("education.view_guide"):
        return None
    work = Waiting(request.user)
    found = (
        *_live_errors(work),
        *(*my_work.rows(work), *_in_review(work), *my_work.corrections(work), *_decisions(work)),
        _outdated_translations(work),
        *(*_overdue_reviews(work), *my_work.due_soon(work), *_counts(work)),
        *(_skipped_corrections(work), _steps_to_try(work)),
    )
    keys = [("/", _("Find a text"))]
    if may_write := request.user.has_perm("education.add_guide"):
        keys.append(("w", _("Write a guide")))
    return {
        "title": _("Guides and help"),
        "template": "education/admin/_dashboard_panel.html",
        "rows": [row for row in found if row["count"]],
        "finds": True,
        "write": reverse("admin:education_guide_add") if may_write else "",
        "keys": keys,
        "more": reverse("admin:education_languages"),
        "links": reverse("admin:education_externallink_changelist"),
        "may_unpublish": request.user.has_perm(workflow.UNPUBLISH_PERMISSION),
    }


def _live_errors(work: Waiting) -> Iterator[dict]:
    """Yield how many texts show an error to readers: those that lack a prescribed sentence, and the others."""
    for reason, label in (
        (UNPRESCRIBED, _("Published texts without a prescribed sentence")),
        (ERRORS, _("Published texts with an error that readers see")),
    ):
        yield {"label": label, "count": work.count(reason), "address": reverse("admin:education_live_errors")}


def _in_review(work: Waiting) -> Iterator[dict]:
    """Yield a row for each kind of text of others in review, with links to the pages on which somebody decides."""
    for model in work.models(IN_REVIEW):
        name = model._meta.model_name
        yield {
            "label": _("In review, by others: %(kind)s") % {"kind": model._meta.verbose_name_plural},
            "count": work.count(IN_REVIEW, model),
            "address": reverse(f"admin:education_{name}_changelist") + f"?to_review={own_texts.OTHERS}",
            "links": [
                (str(item), "", reverse(f"admin:education_{name}_proposal", args=[item.pk]))
                for item in work.items(IN_REVIEW, model)
            ],
        }


def _decisions(work: Waiting) -> Iterator[dict]:
    """Yield counts of the texts that wait for a decision, by status: of changes, those of other people."""
    labels = {
        Status.TO_CONFIRM: _("Unpublished: a second person must confirm or republish"),
        Status.WAITING: _("Draft changes of others to published pages"),
        Status.RETURNED: _("Draft changes of others with changes requested"),
        Status.SCHEDULED: _("Approved texts scheduled for later"),
    }
    address = reverse("admin:education_revision_changelist")
    for status, label in labels.items():
        by_others = status in {Status.WAITING, Status.RETURNED}
        texts = work.of_others(status) if by_others else work.with_status(status)
        whose = f"&mine={own_texts.OTHERS}" if by_others else ""
        row = {"label": label, "count": len(texts), "address": f"{address}?status={status}{whose}"}
        if status in {Status.TO_CONFIRM, Status.WAITING}:
            row["links"] = list(_publish_pages(work.found(texts[:MAX_LISTED])))
        yield row
        if status == Status.WAITING:
            yield _missed_times(work.with_status(status))


def _publish_pages(texts: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield name, author and publish page of ``texts``."""
    for text in texts:
        name = f"admin:education_{text.found._meta.model_name}_proposal"
        yield str(text.found), str(text.author or "–"), reverse(name, args=[text.object_id])


def _missed_times(texts: list[Any]) -> dict:
    """Return the waiting texts whose time has passed. Their authors learn here that nothing went live."""
    times = (parse_datetime(text.asked) for text in texts if text.asked)
    return {
        "label": _("Draft changes whose time passed before anybody approved them"),
        "count": sum(1 for moment in times if moment and moment <= timezone.now()),
        "address": reverse("admin:education_revision_changelist") + f"?status={Status.WAITING}",
    }


def _outdated_translations(work: Waiting) -> dict:
    items = (item for model in work.models(OUTDATED) for item in work.items(OUTDATED, model))
    return {
        "label": _("Texts with one language out of date"),
        "count": work.count(OUTDATED),
        "address": reverse("admin:education_languages") + "?work=1",
        "links": list(islice(_side_links(items), MAX_LISTED)),
    }


def _side_links(items: Iterable[Publishable]) -> Iterator[tuple[str, str, str]]:
    """Yield name, language and side-by-side page of every language of ``items`` that is out of date."""
    for item in items:
        for language in LANGUAGES:
            if translation_status.outdated(item, language):
                yield str(item), language_name(language), side_address(item, language)


def _overdue_reviews(work: Waiting) -> Iterator[dict]:
    for model, label in ((Guide, _("Guides whose review is overdue")), (Platform, _("Overdue reviews of apps"))):
        address = reverse(f"admin:education_{model._meta.model_name}_changelist") + "?review=overdue"
        yield {"label": label, "count": work.count(OVERDUE, model), "address": address}


def _counts(work: Waiting) -> Iterator[dict]:
    """Yield the rows that only count."""
    days = {"days": CHECK_VALID_FOR.days}
    to_check = _("Helplines to check live: never checked, or more than %(days)d days ago") % days
    # Pages show the emergency set in place of a helpline that readers cannot see or reach.
    no_helpline = _("Helpline roles without a published helpline")
    gone = _("Links to pages or sites that are no longer there")
    chosen = {TO_CHECK: f"?check={CHOSEN}", GONE: "?show=broken"}
    for reason, label, page in (
        (TO_CHECK, to_check, "helpline_changelist"),
        (NO_HELPLINE, no_helpline, "helplinerole_changelist"),
        (GONE, gone, "externallink_changelist"),
        (ALTS, _("Alt texts to read, because their picture was replaced"), "picture_alts"),
    ):
        address = reverse(f"admin:education_{page}") + chosen.get(reason, "")
        yield {"label": label, "count": work.count(reason), "address": address}


def _steps_to_try(work: Waiting) -> dict:
    return {
        "label": _("Steps in apps to try on a phone"),
        "count": len(untried_steps(set(work.keys.get((TRIED, Platform), [])))),
        "address": reverse("admin:education_platform_to_try"),
    }


def _skipped_corrections(work: Waiting) -> dict:
    """Return the corrections of a release that could be neither loaded nor proposed."""
    names = work.keys.get((SKIPPED, StarterItem), [])
    label = _("Corrections from the project that were not applied because these items were edited here: %(names)s")
    kind = names[0].partition(":")[0] if names else ""
    address = f"admin:education_{STARTER_KIND_LABELS.get(kind, 'guide')}_changelist"
    return {"label": label % {"names": ", ".join(names)}, "count": len(names), "address": reverse(address)}
