"""Guards of the publishing workflow. Each returns the sentence that explains a refusal, or ``None`` to allow the
action.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from education.models import Helpline, Publishable, Revision, State, Status
from education.models.bilingual import LANGUAGES
from education.publishing import authorship
from education.publishing.publication import (
    PUBLISH_PERMISSION,
    PUBLISHING_ACTIONS,
    is_sensitive,
    language_choices,
)
from safetycenter.roles import Account

WRITE_ALL = "education.write_original"


def may_write(item: Model, by: Account) -> str | None:
    """Return why ``by`` may not edit ``item``, or ``None`` if they may."""
    permission = f"{item._meta.app_label}.change_{item._meta.model_name}"
    return None if by.has_perm(permission) else _("Your role does not allow this.")


def may_unpublish(item: Publishable, by: Account) -> str | None:
    """Return why ``by`` may not unpublish ``item``, or ``None`` if they may.

    What readers do not see yet has a time that can be cancelled. Only publishers may unpublish an emergency number,
    because every page shows it. Anyone with the change permission for the item's model may unpublish other items.
    """
    if item.waits_for_time():
        return _("Readers do not see this page yet. Cancel its time instead.")
    if isinstance(item, Helpline) and item.emergency and not by.has_perm(PUBLISH_PERMISSION):
        return _("This is an emergency number, and every page shows it. Only a publisher can unpublish it.")
    return may_write(item, by)


def _is_waiting(item: Publishable, by: Account) -> str | None:
    if item.state == State.IN_REVIEW or Revision.objects.waiting_proposal(item):
        return None
    return _("No draft change is waiting.")


def may_request_changes(item: Publishable, by: Account) -> str | None:
    """Refuse to request changes if no text is waiting for review."""
    return may_write(item, by) or _is_waiting(item, by)


def may_withdraw(item: Publishable, by: Account) -> str | None:
    """Refuse to withdraw another person's text, except for publishers."""
    if refusal := may_write(item, by):
        return refusal
    text = Revision.objects.open_proposal(item)
    if text is None and item.state != State.IN_REVIEW:
        return _("No draft change is waiting.")
    if is_own_text(item, by) or by.has_perm(PUBLISH_PERMISSION):
        return None
    return _("Only the author or a publisher can withdraw this text.")


def is_own_text(item: Publishable, by: Account) -> bool:
    """Return whether ``by`` wrote the open text: the draft change, or began the draft that is in review."""
    text = Revision.objects.open_proposal(item) or Revision.objects.for_item(item).edits().last()
    return text is not None and text.author == by


def may_publish(item: Publishable, by: Account) -> str | None:
    """Refuse to publish a text that is not waiting, and a sensitive text to its own authors."""
    return _nothing_to_publish(item) or _second_person(item, by)


def may_schedule(item: Publishable, by: Account) -> str | None:
    """Refuse to schedule a text that is not waiting, a sensitive one to its own authors, and one of an unseen page.

    A page that readers do not see yet is published with its time.
    """
    if not item.is_published():
        return _("Readers do not see this page yet. Publish it, with a time if you like.")
    return _nothing_to_publish(item) or _second_person(item, by)


def _nothing_to_publish(item: Publishable) -> str | None:
    proposal = Revision.objects.open_proposal(item)
    if proposal and proposal.status == Status.RETURNED:
        return _("Changes were requested. Save a new draft, or withdraw this one.")
    if proposal and proposal.status == Status.SCHEDULED:
        text = _("It is approved and goes live on %(time)s. To change that, withdraw it or save a new draft.")
        return text % {"time": _time_text(proposal.goes_live_at)}
    if item.state == State.PUBLISHED and proposal is None:
        return _("No draft change is waiting.")
    return None


def _time_text(moment: datetime) -> str:
    return date_format(localtime(moment), "DATETIME_FORMAT")


def must_not_be_author(item: Publishable, by: Account, languages: Collection[str]) -> str | None:
    """Refuse if ``item`` is sensitive and ``by`` wrote part of what publishing in ``languages`` would show."""
    if is_sensitive(item) and authorship.has_written(by, item, languages):
        return _("You wrote part of this text. Because it is sensitive, another publisher must review it.")
    return None


def _second_person(item: Publishable, by: Account) -> str | None:
    """Refuse if ``item`` is sensitive and ``by`` wrote part of the text, or unpublished the item."""
    if not is_sensitive(item):
        return None
    if all(must_not_be_author(item, by, languages) for languages in language_choices(item)):
        return must_not_be_author(item, by, LANGUAGES)
    last_step = Revision.objects.for_item(item).filter(action__in=PUBLISHING_ACTIONS).first()
    if item.state == State.ARCHIVED and last_step and last_step.author == by:
        return _(
            "You unpublished this. Because it is sensitive, another publisher must decide whether to republish it."
        )
    return None


def waits_for_time(item: Publishable, by: Account) -> str | None:
    """Refuse to change the time of an item that does not wait for one."""
    return may_write(item, by) or (None if item.waits_for_time() else _("Its time has come, or it has none."))


def may_confirm(item: Publishable, by: Account) -> str | None:
    """Refuse if neither language is out of date."""
    return may_write(item, by) or (None if item.outdated_fields else _("Neither language is out of date."))


def may_change(item: Model, languages: Collection[str], by: Account) -> str | None:
    """Refuse changes to the original language for people who may only translate."""
    if by.has_perm(WRITE_ALL) or LANGUAGES[0] not in languages:
        return None
    return _("Your role can change only the translation.")
