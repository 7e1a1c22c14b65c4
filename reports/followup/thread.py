"""The messages of a visit after the tap that opens them: the new ones, or the whole thread so far."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ..crypto.vault.box import UnreadableError
from ..crypto.vault.keyring import ErasedError
from ..models.message import Message
from .access import Visit
from .sent_files import offered


def unread_count(visit: Visit) -> int:
    """Return how many new messages wait for the tap that opens them."""
    return 0 if visit.session.data["opened"] else _new(visit).count()


def opened_messages(visit: Visit) -> list[dict]:
    """Return the opened messages: ``{"side", "sent_at", "text", "file"}``. New ones count as shown from now on."""
    facts = visit.session.data
    if not facts["opened"]:
        return []
    fresh = _new(visit).filter(first_shown_at=None)
    Message.objects.filter(pk__in=list(fresh.values_list("pk", flat=True))).update(first_shown_at=timezone.now())
    thread = _thread(visit) if facts["older"] else _new(visit)
    sent = offered(visit.case)
    return [
        {
            "side": message.side,
            "sent_at": message.sent_at,
            "text": _text(message, visit),
            "file": sent.get(message.pk),
        }
        for message in thread
    ]


def has_older(visit: Visit) -> bool:
    """Return whether there are messages that are not new and that this visit does not show yet."""
    if visit.session.data["older"]:
        return False
    return _thread(visit).exclude(pk__in=_new(visit).values("pk")).exists()


def _new(visit: Visit) -> QuerySet[Message]:
    """Return the messages from staff that no earlier visit has opened."""
    not_before = Q(first_shown_at=None) | Q(first_shown_at__gte=visit.began_at)
    return _thread(visit).filter(not_before, side=Message.Side.STAFF)


def _thread(visit: Visit) -> QuerySet[Message]:
    """Return the messages that the reporter may read by now."""
    return visit.case.messages.filter(visible_from__lte=timezone.now())


def _text(message: Message, visit: Visit) -> str:
    try:
        return message.text(visit.keyring)
    except ErasedError:
        return _("This message has been erased.")
    except UnreadableError:
        return _("This message cannot be opened.")
