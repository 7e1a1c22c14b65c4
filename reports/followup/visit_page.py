"""The page of a visit: the state, how many messages wait to be opened, and what the reporter can do."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from ..cases import closing, lifecycle, reminders
from ..crypto.vault.box import UnreadableError
from ..crypto.vault.keyring import ErasedError
from ..models.addition import all_answers, sent_answers
from ..questions import uploads
from ..questions.core import strictest
from ..staffing import breaches
from ..views_common import page
from . import thread, words
from .access import Visit
from .forms import WriteForm


def visit_page(
    request: HttpRequest,
    visit: Visit,
    form: WriteForm | None = None,
    refusal: str = "",
    life: bool = False,
    file_chosen: bool = False,
) -> HttpResponse:
    """Return the page, with ``form`` as it was sent or with the words that "more time" has kept.

    ``refusal`` says why an action was not done; ``life`` that words which were not sent tell of a life at risk, and
    ``file_chosen`` that a chosen file was not sent. A note about these, or about something just sent, is shown once.
    """
    facts, frozen = visit.session.data, visit.case.frozen_at is not None
    return_at = words.return_time(visit.case)
    can_do = lifecycle.allowed_to_reporter(visit.case)
    notes = {name: facts.get(name, False) for name in ("sent", "life", "file_chosen")}
    is_shown = request.headers.get("X-Requested-With") != "XMLHttpRequest"  # upload.js loads the page once more
    if is_shown and any(notes.values()):
        facts |= dict.fromkeys(notes, False)
        visit.session.save()
    return page(
        request,
        "followup/visit.html",
        "visit",
        case=visit.case,
        standing=None if frozen else words.status(visit.case),
        look_again=words.return_hint(return_at),
        return_at=return_at,
        waiting=0 if frozen else thread.unread_count(visit),
        messages_shown=[] if frozen else thread.opened_messages(visit),
        has_older=not frozen and thread.has_older(visit),
        last_visit=datetime.fromisoformat(facts["last"]) if facts["last"] else None,
        form=form or WriteForm(initial={"text": facts["typed"]}, uploads=uploads_of(visit)),
        uploads=uploads_of(visit),
        frozen=frozen,
        can_request_review="request_review" in can_do,
        can_request_other="request_other" in can_do,
        can_cancel_other="cancel_other" in can_do,
        can_agree="agree" in can_do,
        has_agreed="keep_open" in can_do,
        closes_at=closing.closes_at(visit.case),
        just_sent=notes["sent"],
        life=life or notes["life"],
        file_chosen=file_chosen or notes["file_chosen"],
        refusal=refusal,
        breaches=breaches.shown_notices(),
        reminder=reminders.status(visit.case),
        is_error=bool(form and form.errors),
        withdrawn=visit.case.withdraw_at is not None,
    )


def uploads_of(visit: Visit) -> str:
    """Return which files may be added now; what an earlier category forbade stays forbidden (H14).

    An age that was added after sending does not make the rule less strict.
    """
    try:
        answers = all_answers(visit.case, visit.keyring)
        sent = sent_answers(visit.case, visit.keyring)
    except (ErasedError, UnreadableError, TypeError):
        return "none"
    return strictest(uploads(answers, visit.case.files_forbidden), uploads(sent))
