"""The names of buttons, pages and views in the texts of the handbook: a page always says what the interface says."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..cases import lifecycle
from ..cases.lease import LEASE
from . import handbook_newsroom
from .saved_views import VIEWS

# Buttons and headings of the case page and of other pages, by the names that the texts use.
BUTTONS = {
    "assign_next": _("Assign next case to me"),
    "take_next": _("Take next"),
    "give_back": _("Give back"),
    "still_here": _("Still here"),
    "to_decide": _("To decide"),
    "own_words": _("The reporter's own words"),
    "into_reply": _("Into the reply"),
    "send": _("Send"),
    "send_and_ask": _("Send and ask"),
    "send_and_next": _("Send, resolve and next"),
    "undo": pgettext_lazy("action", "Undo"),
    "team_note": _("Team note, never sent"),
    "needed": _("Needed for this decision?"),
    "hold_to_see": _("Hold to see it clearly"),
    "pass_on": _("Pass on to an agency"),
    "more": _("More"),
    "queue": _("Queue"),
    "guidelines": _("Moderator guidelines"),
    "audit_log": _("Audit log"),
    "who_opened": _("Who opened what"),
    "verify_log": _("Verify audit log"),
    "investigated": _("We have investigated all of these"),
    "account": _("Your account"),
    "invite": _("Invite somebody"),
    **handbook_newsroom.BUTTONS,
}
NAMES = {
    **BUTTONS,
    **lifecycle.labels(),
    **{f"view_{name}": view.label for name, view in VIEWS.items()},
    "dashboard": _("Dashboard"),
    "lease_minutes": str(LEASE.seconds // 60),
    "idle_minutes": str(settings.STAFF_IDLE_MINUTES),
    "proof_minutes": str(settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60),
    **handbook_newsroom.ACTIONS,
    "submit": _("Submit for review"),
    "staffed_hours": _("staffed hours"),
    "channels": _("on-call channels"),
    "templates": _("reply templates"),
    "checklists": _("checklist items"),
    "agencies": _("agencies"),
    "breaches": _("data breaches"),
    "teams": _("teams"),
    "demands": _("demands of authorities"),
    "routing": _("Routing"),
    "availability": _("People and availability"),
    "data_requests": _("Requests about data"),
    "second_look": _("Second look"),
    "custody": _("Locked files"),
    "people_alarms": _("Alarms about people"),
    "staff_log": _("Searches, exports and rights"),
    "sign_out": _("Sign out everywhere"),
}
