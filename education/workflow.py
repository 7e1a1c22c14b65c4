"""From draft to reader: one table, one door."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from education.models import Publishable, Revision, State
from safetycenter.transitions import Transition, require

PUBLISH = "education.publish_content"


def _may_write(item: Publishable, by) -> str | None:
    permission = f"{item._meta.app_label}.change_{item._meta.model_name}"
    return None if by.has_perm(permission) else _("Your role does not allow this.")


def _is_written(item: Publishable, by) -> str | None:
    """Refuse what would put a page without a text before readers."""
    if not item.languages():
        return _("It is not written in any language yet: title, address and text are missing.")
    for language in item.languages():
        if hasattr(item, "body") and not item.text("body", language):
            name = get_language_info(language)["name_translated"]
            return _("The text in %(language)s is still empty.") % {"language": name}
    return None


def _has_proposal(item: Publishable, by) -> str | None:
    return None if Revision.objects.waiting_for(item) else _("No proposed text is waiting.")


def _accept(item: Publishable, by) -> None:
    Revision.objects.waiting_for(item).copy_to(item)
    item.changed_on = timezone.localdate()
    _settle(item, by)


def _settle(item: Publishable, by) -> None:
    Revision.objects.of(item).filter(waiting=True).update(waiting=False)


ACTIONS = {
    "submit": Transition(gettext_lazy("Hand in for review"), (State.DRAFT,), State.IN_REVIEW, condition=_may_write),
    "return": Transition(gettext_lazy("Back to draft"), (State.IN_REVIEW,), State.DRAFT, condition=_may_write),
    "publish": Transition(
        gettext_lazy("Publish"),
        (State.DRAFT, State.IN_REVIEW, State.ARCHIVED),
        State.PUBLISHED,
        permission=PUBLISH,
        condition=_is_written,
    ),
    "accept": Transition(
        gettext_lazy("Publish the proposed text"),
        (State.PUBLISHED,),
        permission=PUBLISH,
        condition=_has_proposal,
        effect=_accept,
    ),
    "decline": Transition(
        gettext_lazy("Drop the proposed text"),
        (State.PUBLISHED,),
        permission=PUBLISH,
        condition=_has_proposal,
        effect=_settle,
    ),
    "archive": Transition(gettext_lazy("Take down"), (State.PUBLISHED,), State.ARCHIVED, permission=PUBLISH),
}


@transaction.atomic
def perform(item: Publishable, name: str, by) -> Publishable:
    """Do the action ``name`` of ACTIONS on ``item`` as the user ``by``; returns the item as it now is.

    Raises NotAllowed with a sentence for that person when the role, the state or the text does not allow it.
    """
    item = type(item).objects.select_for_update().get(pk=item.pk)
    action = require(ACTIONS, name, item, by)
    if action.effect:
        action.effect(item, by)
    item.state = action.target or item.state
    item.save()
    Revision.objects.write(item, by, note=str(action.label))
    return item


def may_change_live(item: Publishable, by) -> bool:
    """Whether what ``by`` saves goes onto the row at once; else it becomes a proposal, as readers see the row."""
    return item.state != State.PUBLISHED or by.has_perm(PUBLISH)
