"""From draft to reader: one table, one door. Saving never changes what readers see; only ``publish`` does."""

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from education import gate, staleness
from education.models import Publishable, Revision, Standing, State
from education.models.bilingual import LANGUAGES
from education.models.snapshot import snapshot
from education.translation import column
from safetycenter.transitions import NotAllowed, Transition, require

LONGEST_NOTE = 300
PUBLISH = "education.publish_content"
BEFORE_READERS = (State.PUBLISHED, State.ARCHIVED)
SHOWN = ("publish", "archive")  # steps whose record holds what readers saw


def may_write(item: Model, by) -> str | None:
    """The sentence that refuses ``by`` to write ``item``, or ``None``."""
    permission = f"{item._meta.app_label}.change_{item._meta.model_name}"
    return None if by.has_perm(permission) else _("Your role does not allow this.")


def _is_waiting(item: Publishable, by) -> str | None:
    if item.state == State.IN_REVIEW or Revision.objects.waiting_for(item):
        return None
    return _("No proposed text is waiting.")


def _may_ask(item: Publishable, by) -> str | None:
    return may_write(item, by) or _is_waiting(item, by)


def _may_withdraw(item: Publishable, by) -> str | None:
    if item.state == State.IN_REVIEW:
        return may_write(item, by)
    proposal = Revision.objects.open_for(item)
    if proposal is None:
        return _("No proposed text is waiting.")
    if proposal.author == by or by.has_perm(PUBLISH):
        return None
    return _("Only who wrote this proposal, or a publisher, withdraws it.")


def _may_publish(item: Publishable, by) -> str | None:
    proposal = Revision.objects.open_for(item)
    if proposal and proposal.standing == Standing.RETURNED:
        return _("Changes were asked for. Save a new text, or withdraw this one.")
    if item.state == State.PUBLISHED and proposal is None:
        return _("No proposed text is waiting.")
    return _second_person(item, by)


def _second_person(item: Publishable, by) -> str | None:
    """On a sensitive item, who wrote the text does not also publish it; nor does who took it down put it back."""
    if not _is_sensitive(item):
        return None
    revisions = Revision.objects.of(item)
    writer = revisions.written().first()
    if writer and writer.author == by:
        return _("You wrote this text. It is sensitive, so another publisher reads it before readers do.")
    last_step = revisions.filter(action__in=SHOWN).first()
    if item.state == State.ARCHIVED and last_step and last_step.author == by:
        return _("You took this down. It is sensitive, so another publisher decides whether it comes back.")
    return None


def _is_sensitive(item: Publishable) -> bool:
    """Whether it is, was when readers last got it, or will be: no switch turned off on the way opens a way round."""
    proposal, last = Revision.objects.open_for(item), published_text(item)
    proposed, before = proposal.data if proposal else {}, last or {}
    return any((getattr(item, "sensitive", False), proposed.get("sensitive"), before.get("sensitive")))


def published_text(item: Publishable) -> dict | None:
    """What readers see of ``item``, or saw last; ``None`` when they never did."""
    if item.state == State.PUBLISHED:
        return snapshot(item)
    shown = Revision.objects.of(item).filter(action__in=SHOWN).first()
    return shown.data if shown else None


def text_to_publish(item: Publishable) -> dict:
    """What readers would see if ``item`` were published now: the proposal that is open, else the row."""
    proposal = Revision.objects.open_for(item)
    return proposal.data if proposal else snapshot(item)


def examined(item: Publishable) -> gate.Said:
    """The text that would be published, as the gate looks at it."""
    row = type(item).objects.get(pk=item.pk)
    proposal = Revision.objects.open_for(row)
    live = snapshot(row) if row.is_published() else None
    minor = bool(proposal and proposal.minor)
    return gate.Said(row, text_to_publish(row), live, minor, before=published_text(row))


def _publish(item: Publishable, by, note: str, agreed: set[str]) -> None:
    said = examined(item)
    gate.require(said, note, agreed)
    item.behind = said.behind
    proposal = Revision.objects.waiting_for(item)
    if proposal is None:
        return
    proposal.put_on(item)
    if not proposal.minor:
        item.changed_on = timezone.localdate()
    _close(item, Standing.PUBLISHED)


def _return(item: Publishable, by, note: str, agreed: set[str]) -> None:
    if not note.strip():
        raise NotAllowed(_("Say in the note what should change."))
    _close(item, Standing.RETURNED)


def _withdraw(item: Publishable, by, note: str, agreed: set[str]) -> None:
    _close(item, Standing.WITHDRAWN)


def _may_confirm(item: Publishable, by) -> str | None:
    return may_write(item, by) or (None if item.behind else _("Neither language is behind."))


def _confirm(item: Publishable, by, note: str, agreed: set[str]) -> str:
    """Take off the marks of the gaps named in ``agreed``; returns the words for the record."""
    confirmed = [gap for gap in staleness.gaps(item) if gap.name in agreed]
    if not confirmed or len(confirmed) < len(agreed):
        raise NotAllowed(_("The text has changed in the meantime. Look at the difference once more."))
    item.behind = {name: mark for name, mark in item.behind.items() if name not in {gap.column for gap in confirmed}}
    labels = ", ".join(staleness.label(item, gap.field, gap.language) for gap in confirmed)
    return f"{labels}. {note}"[:LONGEST_NOTE]


def _close(item: Model, standing: Standing) -> None:
    for revision in Revision.objects.of(item).filter(standing__in=(Standing.WAITING, Standing.RETURNED)):
        revision.standing = standing
        revision.save(update_fields=["standing"])


_OPEN = (State.IN_REVIEW, *BEFORE_READERS)
_BACK = {State.IN_REVIEW: State.DRAFT}
ACTIONS = {
    "submit": Transition(gettext_lazy("Hand in for review"), (State.DRAFT,), State.IN_REVIEW, condition=may_write),
    "publish": Transition(
        pgettext_lazy("a button", "Publish"),
        (State.DRAFT, *_OPEN),
        State.PUBLISHED,
        permission=PUBLISH,
        condition=_may_publish,
        effect=_publish,
    ),
    "return": Transition(gettext_lazy("Ask for changes"), _OPEN, _BACK, condition=_may_ask, effect=_return),
    "withdraw": Transition(gettext_lazy("Withdraw"), _OPEN, _BACK, condition=_may_withdraw, effect=_withdraw),
    "confirm": Transition(gettext_lazy("Still correct"), (State.PUBLISHED,), condition=_may_confirm, effect=_confirm),
    "archive": Transition(gettext_lazy("Take down"), (State.PUBLISHED,), State.ARCHIVED, permission=PUBLISH),
}


@transaction.atomic
def perform(item: Publishable, name: str, by, note: str = "", agreed: set[str] = frozenset()) -> Publishable:
    """Do the action ``name`` of ACTIONS on ``item`` as the user ``by``; returns the item as it now is.

    ``note`` and ``agreed`` answer the gate, or name what is confirmed. Raises NotAllowed with a sentence for that
    person when the role, the state or the text does not allow it.
    """
    item = type(item).objects.select_for_update().get(pk=item.pk)
    action = require(ACTIONS, name, item, by)
    if action.effect:
        note = action.effect(item, by, note, agreed) or note  # an effect may have more to record
    item.state = _target(action, item.state)
    item.save()
    Revision.objects.write(item, by, note=note.strip(), action=name)
    return item


def _target(action: Transition, state: str) -> str:
    target = action.target.get(state) if isinstance(action.target, dict) else action.target
    return target or state


def is_live(item: Model) -> bool:
    """Whether what is saved waits for a publisher, because readers see the row."""
    return isinstance(item, Publishable) and item.state == State.PUBLISHED


@transaction.atomic
def keep(item: Model, by, data: dict, note: str = "", minor: bool = False) -> Revision:
    """Keep ``data`` as the newest text of ``item``: as a proposal when readers see the row, else as what it says.

    The row itself is saved by the caller, unless readers see it. A comma put right in a proposal that changes the
    meaning does not make it a minor one.
    """
    proposal = Revision.objects.open_for(item)
    minor = minor and (proposal is None or proposal.minor)
    _close(item, Standing.REPLACED)
    standing = Standing.WAITING if is_live(item) else Standing.KEPT
    return Revision.objects.write(item, by, note=note, minor=minor, data=data, standing=standing)


@transaction.atomic
def go_back(item: Model, to: Revision, languages: list[str], by) -> Revision:
    """Bring back what ``item`` said in ``to``: everything, or the texts of one language. A live page gets a proposal.

    Raises NotAllowed when ``by`` may not write it.
    """
    item = type(item).objects.select_for_update().get(pk=item.pk)
    if refusal := may_write(item, by):
        raise NotAllowed(refusal)
    proposal = Revision.objects.open_for(item)
    now = proposal.data if proposal else snapshot(item)
    data = now | _part(item, to.data, languages)
    if not is_live(item):
        Revision(data=data).put_on(item)
    note = _("Back to version %(number)d.") % {"number": to.number}
    return keep(item, by, data, note=note)


def _part(item: Model, data: dict, languages: list[str]) -> dict:
    """What a return to ``data`` brings back. Never its times: they belong to the day on which it was published."""
    if set(languages) == set(LANGUAGES):
        return {name: value for name, value in data.items() if name not in {"publish_at", "archive_at"}}
    columns = {column(f, code) for f in item.translated_fields() for code in languages}
    return {name: value for name, value in data.items() if name in columns}
