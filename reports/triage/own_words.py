"""The reporter's own words on the case page: who may have them open, and whether somebody had (safety rule H24).

They are loaded only when they are unfolded, and recorded as read then: a page that was opened says nothing of reading.
"""

from django.http import HttpRequest

from safetycenter.roles import Account

from ..cases import closing_guards, guards
from ..cases.case_effects import clock
from ..models.case import Case
from ..models.message import Message
from .case_view import CaseView

OPEN = "words"  # in the address of the case page, and the name of the button that opens them


def may_read(case: Case, by: Account) -> bool:
    """Return whether ``by`` needs the story, messages and notes: to work on the case, to take it over, or as a lead.

    Everybody else decides by the facts whether to take it (H24).
    """
    works_on_it = by.pk in (case.handler_id, case.offered_to_id)
    return works_on_it or (guards.is_lead_of(case, by) and not closing_guards.is_second_person(case, by))


def are_asked_for(request: HttpRequest) -> bool:
    """Return whether this page is loaded to read them."""
    return OPEN in request.GET or OPEN in request.POST


def are_unread(case: Case, by: Account) -> bool:
    """Return whether ``by`` answers without having had the words open, where that is said before the first message.

    That is on P0 and P1, and wherever the reporter wrote last. Without words there is nothing to read.
    """
    latest = case.messages.order_by("sent_at").last()
    is_new = latest is not None and latest.side == Message.Side.REPORTER
    if not is_new and case.tier not in clock.URGENT:
        return False
    since = latest.sent_at if latest and is_new else case.received_at
    if case.events.filter(by=by.pk, action="viewed", facts__story=True, at__gte=since).exists():
        return False
    return is_new or CaseView(case, by).story_words() > 0
