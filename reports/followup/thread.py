"""What a visit shows of the messages: what is new; in a visit that asked for it, everything said so far."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models.message import Message
from ..vault.box import Unreadable
from ..vault.keyring import Erased
from .access import Visit


def shown(visit: Visit) -> list[dict]:
    """The messages of this visit, as ``{"side", "sent_at", "text"}``; new ones count as shown from now on."""
    thread = visit.case.messages.all()
    fresh = thread.filter(side=Message.Side.STAFF, first_shown_at=None)
    Message.objects.filter(pk__in=list(fresh.values_list("pk", flat=True))).update(first_shown_at=timezone.now())
    if not visit.pocket.facts["older"]:
        thread = thread.filter(side=Message.Side.STAFF, first_shown_at__gte=visit.began_at)
    return [{"side": message.side, "sent_at": message.sent_at, "text": _text(message, visit)} for message in thread]


def has_older(visit: Visit) -> bool:
    """There are messages that this visit does not show yet."""
    if visit.pocket.facts["older"]:
        return False
    shown_now = visit.case.messages.filter(side=Message.Side.STAFF, first_shown_at__gte=visit.began_at)
    return visit.case.messages.exclude(pk__in=shown_now.values("pk")).exists()


def _text(message: Message, visit: Visit) -> str:
    try:
        return message.text(visit.keyring)
    except Erased:
        return _("This message has been erased.")
    except Unreadable:
        return _("This message cannot be opened.")
