"""Replace an address in every published text and draft change: as draft changes, which other people publish."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from education.models import Channel, ExternalLink, Publishable, Revision, Status
from education.models.bilingual import LANGUAGES
from education.models.directory import VALUES
from education.publishing import workflow
from education.publishing.checks.destinations import is_internal
from safetycenter.page_cache import cache_version
from safetycenter.transitions import NotAllowed

from . import drafts, places, texts


class Planned(NamedTuple):
    """What replacing would do in one item. ``refusal`` says why this person cannot change it here."""

    item: Publishable
    places: list[places.Place]
    refusal: str | None

    @property
    def name(self) -> str:
        """Return the value of its checkbox."""
        return f"{self.item._meta.model_name}:{self.item.pk}"

    @property
    def address(self) -> str:
        """Return the address of the form of the item."""
        return reverse(f"admin:education_{self.item._meta.model_name}_change", args=[self.item.pk])


def clean(old: str, typed: str) -> str:
    """Return the new address from what was typed. Raises ValidationError with a sentence."""
    new = typed.strip()
    try:
        URLValidator(schemes=["https"])(new)
    except ValidationError:
        raise ValidationError(_("Write a whole address that begins with https://.")) from None
    if len(new) > ExternalLink.MAX_LENGTH:
        raise ValidationError(_("This address is too long."))
    if new == old:
        raise ValidationError(_("This is the address that is used now."))
    if is_internal(new):
        raise ValidationError(_("This is a page of this site. Choose it in the text, with the button for links."))
    return new


def plan(old: str, new: str, by: Any) -> list[Planned]:
    """Return every item that uses ``old``, with the places and whether ``by`` may change it.

    First those whose published text uses it, then those where only a draft change or a draft does.
    """
    found = places.used(get_language() or LANGUAGES[0]).get(old, ())
    wanted = dict.fromkeys((place.model, place.key) for place in found)
    items = (_item(model, key) for model, key in wanted)
    planned = [_planned(item, old, new, by) for item in items if item is not None]
    others = (_planned(item, old, new, by) for item in drafts.that_may_use(old) if _key(item) not in wanted)
    return planned + [one for one in others if one.places]


def propose(old: str, new: str, chosen: Collection[str], by: Any) -> tuple[list[Publishable], list[str]]:
    """Save a draft change for each ``chosen`` item. Return the changed items, and a sentence for each refused one.

    Readers see nothing of it until each change is published under the usual rules.
    """
    changed, refused = [], []
    for one in plan(old, new, by):
        if one.name in chosen:
            try:
                _save(one.item, old, new, by)
                changed.append(one.item)
            except NotAllowed as refusal:
                refused.append(f"{one.item}: {refusal}")
    return changed, refused


def _key(item: Publishable) -> tuple[str, int]:
    return str(item._meta.model_name), item.pk


def _item(model: str, key: int) -> Any:
    return apps.get_model("education", model).objects.published().filter(pk=key).first()


def _planned(item: Publishable, old: str, new: str, by: Any) -> Planned:
    data = workflow.pending_or_live(item)
    found = [places.place_of(item, one) for one in texts.find(data) if one.url == old]
    return Planned(item, list(dict.fromkeys(found)), _refusal(item, data, old, new, by))


def _refusal(item: Publishable, data: dict, old: str, new: str, by: Any) -> str | None:
    if not workflow.is_saved_as_proposal(item):
        return _("A draft that readers do not see. Change the address in its form.")
    refusal = workflow.may_write(item, by) or workflow.may_change(item, LANGUAGES, by)
    if refusal := refusal or _undoes_decision(item):
        return refusal
    after = texts.replace(data, old, new)
    if after == data:
        return _("A draft change that is waiting has another address already.")
    return _("This address does not fit into a channel of a helpline.") if any(_misfits(after)) else None


def _undoes_decision(item: Publishable) -> str | None:
    """Refuse to replace an open text by another one if somebody has decided on it."""
    proposal = Revision.objects.open_proposal(item)
    if proposal and proposal.status == Status.SCHEDULED:
        return _(
            "A draft change is approved for a time. Replace the address after it, or withdraw the draft change first."
        )
    if proposal and proposal.status == Status.RETURNED:
        return _("Somebody asked for changes to the draft change. Save a new draft first, then replace the address.")
    return None


def _misfits(data: dict) -> Iterator[bool]:
    longest = Channel._meta.get_field("value").max_length or 0
    for row in data.get("channels", []):
        if row.get("kind") == Channel.Kind.WEB:
            yield len(row["value"]) > longest or not VALUES["web"][0].fullmatch(row["value"])


@cache_version.batch()
def _save(item: Publishable, old: str, new: str, by: Any) -> None:
    """Save the draft change. Raises NotAllowed if the item was changed in the meantime so that it is not possible."""
    item = type(item).objects.select_for_update().get(pk=item.pk)
    data = workflow.pending_or_live(item)
    if refusal := _refusal(item, data, old, new, by):
        raise NotAllowed(refusal)
    if not workflow.is_saved_as_proposal(item):
        raise NotAllowed(_("It is not published any more."))
    note = _("Link replaced: %(old)s → %(new)s") % {"old": old, "new": new}
    workflow.save_proposal(item, by, texts.replace(data, old, new), note=note[: workflow.MAX_NOTE_LENGTH])
