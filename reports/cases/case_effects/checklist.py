"""Effect of ticking off an item of the checklist, or taking the tick back."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ...checklists import items
from ...models.case import Case


def tick(case: Case, by: User, item: str, done: bool) -> dict:
    """Record that the item with the key ``item`` is done, or is not. The event is the only store (``checklists``)."""
    if items.with_key(item) is None:
        raise NotAllowed(_("This item is not in the checklist any more."))
    return {"item": item, "done": done}
