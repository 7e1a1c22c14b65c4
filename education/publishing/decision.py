"""Decide on an open text: publish it, approve it for a time, or recommend it to a publisher."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from education import page_groups
from education.models import Publishable, Revision, State, Status
from education.models.bilingual import LANGUAGES
from education.models.serialization import snapshot
from education.publishing import authorship, checks, not_ready, told_changes, unpublish
from education.publishing.guards import is_own_text, must_not_be_author
from education.publishing.publication import (
    candidate_for,
    changed_languages,
    close_open_text,
    language_choices,
    publish_open_text,
    published_text,
    starts_at,
    wished_time,
)
from safetycenter.page_cache import cache_version
from safetycenter.roles import Account
from safetycenter.transitions import NotAllowed


class MovedError(NotAllowed):
    """Somebody saved or decided something after the page that sent the decision was made."""


@dataclass(frozen=True)
class Decision:
    """What a publisher chose besides the languages.

    ``at`` is the time from which readers see the text; ``now`` publishes it at once, whatever time it asks for.
    ``seen`` is the number of the newest version that the page showed (None: not compared). ``told`` is what readers
    learn about the change, by language.
    """

    at: datetime | None = None
    now: bool = False
    seen: int | None = None
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ActionInput:
    """The input of an action: user, note, the findings or fields confirmed by name, languages, and the decision."""

    by: Account
    note: str
    confirmed: Collection[str]
    languages: Collection[str]
    decision: Decision


def publish(item: Publishable, action_input: ActionInput) -> dict:
    """Publish the open text of ``item`` as ``action_input`` says. Return what the record says about it."""
    _check(item, action_input)
    decision, languages = action_input.decision, action_input.languages
    _require_time(item, decision, languages)
    if (moment := starts_at(item)) and not decision.now:
        text = _("It is scheduled for %(time)s. Approve it for that time, or choose to publish it now.")
        raise NotAllowed(text % {"time": date_format(localtime(moment), "DATETIME_FORMAT")})
    told = told_changes.told_in(item, decision.told, languages)
    # A guide, quiz, lesson, app or word that appears is on other pages too.
    is_expected = item.is_published() or bool(page_groups.of_alone(item) and item.state != State.ARCHIVED)
    touched = publish_open_text(item, languages, _first_day(item, decision))
    if touched and is_expected:
        cache_version.touches_only(*touched)
    told_changes.tell(item, told)
    unpublish.confirm_unpublished(item)
    return {"language": language_if_single(languages), "told": told}


def schedule(item: Publishable, action_input: ActionInput) -> dict:
    """Approve the open text of ``item`` for a time. Return what the record says about it."""
    _check(item, action_input)
    moment = action_input.decision.at or starts_at(item)
    if moment is None or moment <= timezone.now():
        raise NotAllowed(_("It is not scheduled for a time in the future."))
    proposal = cast("Revision", Revision.objects.waiting_proposal(item))  # guards.may_schedule has found it
    proposal.status, proposal.goes_live_at = Status.SCHEDULED, moment
    proposal.language = language_if_single(action_input.languages)
    proposal.save(update_fields=["status", "goes_live_at", "language"])
    told = told_changes.told_in(item, action_input.decision.told, action_input.languages)
    return {"language": proposal.language, "told": told}


def publish_now(item: Publishable, action_input: ActionInput) -> None:
    """Show readers an item that was approved for a later time, unless a check stops it by now."""
    found = checks.findings(checks.Candidate(item, snapshot(item), None))
    if stopped := [finding for finding in found if finding.level == checks.ERROR]:
        raise NotAllowed(stopped[0].text)
    item.publish_at = None


def cancel_time(item: Publishable, action_input: ActionInput) -> None:
    """Take back the approval of an item that readers do not see yet: it waits for review, or is unpublished again."""
    if not is_own_text(item, action_input.by) and not action_input.note.strip():
        raise NotAllowed(_("Somebody else wrote this. Say in the note why you cancel its time."))
    for record in Revision.objects.for_item(item).filter(action="publish"):
        if record.asks_for_later():
            record.action = "schedule"  # readers never saw it: it is no publication, and ends nobody's authorship
            record.save(update_fields=["action"])
    item.state = State.IN_REVIEW
    if published_text(item) is not None:
        item.state = State.ARCHIVED
    elif text := Revision.objects.open_proposal(item):
        item.state = State.DRAFT if text.status == Status.RETURNED else State.IN_REVIEW
        text.apply_and_save(item)
        close_open_text(item, Status.SAVED)
    item.publish_at = None


def recommend(item: Publishable, action_input: ActionInput) -> None:
    """Record that somebody who wrote nothing of the open text has read it and finds it right."""
    _require_seen(item, action_input)
    if authorship.has_written(action_input.by, item):
        raise NotAllowed(_("You wrote part of this text, so somebody else approves it."))


def recommendation(item: Publishable) -> Revision | None:
    """Return the record of the approval of the text that is open now, or ``None``."""
    records = Revision.objects.for_item(item)
    approved = records.filter(action="approve").select_related("author").first()
    written = records.edits().first()
    return approved if approved and (written is None or approved.number > written.number) else None


def language_if_single(languages: Collection[str]) -> str:
    """Return the only one of ``languages``; empty if they are all."""
    return "" if len(languages) == len(LANGUAGES) else next(iter(languages))


def _check(item: Publishable, action_input: ActionInput) -> None:
    """Raise NotAllowed unless the text of ``item`` may be published in the languages of ``action_input``."""
    _require_seen(item, action_input)
    if list(action_input.languages) not in language_choices(item):
        raise NotAllowed(_("No draft change is waiting in this language only."))
    refusal = not_ready.refusal(item, action_input.languages)
    if refusal := refusal or must_not_be_author(item, action_input.by, action_input.languages):
        raise NotAllowed(refusal)
    checks.require(candidate_for(item, action_input.languages), action_input.note, action_input.confirmed)


def _require_seen(item: Publishable, action_input: ActionInput) -> None:
    seen = action_input.decision.seen
    if seen is not None and seen != Revision.objects.latest_number(item):
        raise MovedError(_("This text was saved or decided on while you looked at it. Nothing was published."))


def _require_time(item: Publishable, decision: Decision, languages: Collection[str]) -> None:
    """Raise NotAllowed if the chosen time would be ignored, or would move a language that was approved for another one.

    The page that sent the decision may be older than the moment at which readers got the item.
    """
    if decision.at and item.is_published():
        raise NotAllowed(_("Readers see this page now. Open the draft change again and choose its time."))
    if not item.waits_for_time() or not (decision.at or decision.now) or _is_same_minute(item.publish_at, decision.at):
        return
    if len(languages) == len(LANGUAGES) and decision.at and _is_same_minute(wished_time(item), decision.at):
        return  # the open text itself moves the page
    if set(item.languages()) - (set(languages) & set(changed_languages(item))):  # type: ignore[attr-defined]
        text = _(
            "Readers get this page on %(time)s. "
            "Choose that time, or save a draft change with another one for all languages."
        )
        raise NotAllowed(text % {"time": date_format(localtime(item.publish_at), "DATETIME_FORMAT")})


def _is_same_minute(first: datetime | None, second: datetime | None) -> bool:
    """Return whether both times are the same in the form, which has no seconds."""
    if first is None or second is None:
        return False
    return first.replace(second=0, microsecond=0) == second.replace(second=0, microsecond=0)


def _first_day(item: Publishable, decision: Decision) -> dict:
    """Return the time from which readers see an item that they do not see yet, as the column of its snapshot."""
    if item.is_published() or not (decision.at or decision.now):
        return {}
    return {"publish_at": decision.at}
