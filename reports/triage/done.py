"""What an action did, in a sentence that says of which case and what comes next."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..cases import lifecycle
from ..models.case import Case

# Actions of which their label is not enough.
SENTENCES = {
    "claim": gettext_lazy("%(case)s is yours now."),
    "accept": gettext_lazy("%(case)s is yours now."),
    "decline": gettext_lazy("%(case)s stays with its assignee."),
    "offer": gettext_lazy("%(case)s was offered; it stays yours until somebody takes it over."),
    "release": gettext_lazy("%(case)s is back in the queue, at its old place. You get others first today."),
    "undo": gettext_lazy("The message of %(case)s was taken back. The reporter has not read it; nothing was sent."),
    "note": gettext_lazy("Your note is in %(case)s. Only the team reads it."),
    "resolve": gettext_lazy("%(case)s is resolved. It is closed next, by a second person where two must decide."),
    "resolve_without_message": gettext_lazy("%(case)s is resolved, and its reporter was not notified."),
    "close": gettext_lazy("%(case)s is closed. Its reporter reads the outcome. Nothing is left to do."),
    "reopen": gettext_lazy("%(case)s is back in the queue for somebody to take."),
    "escalate": gettext_lazy("%(case)s is with its lead now, who decides next."),
    "release_from_quarantine": gettext_lazy("%(case)s is in the queue now."),
    "prepare_referral": gettext_lazy("The package of %(case)s is prepared. A second person approves it next."),
    "approve_referral": gettext_lazy("The package of %(case)s is approved. Its assignee hands it over next."),
    "send_referral": gettext_lazy("The package of %(case)s was handed over. The receipt of the agency comes next."),
    "not_to_refer": gettext_lazy("%(case)s is not passed on. It can be resolved now."),
    "approve_erasure": gettext_lazy("%(case)s is erased when the waiting period ends."),
}


def message(case: Case, action: str) -> str:
    """Return the sentence that says that ``action`` was done to ``case``."""
    name = {"case": case.display_reference}
    if action in SENTENCES:
        return SENTENCES[action] % name
    return _("%(case)s, done: %(action)s.") % (name | {"action": lifecycle.ACTIONS[action].label})
