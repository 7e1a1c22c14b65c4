"""The step where files are added: each is checked, sealed and listed with a button that removes it."""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from safetycenter.views import SeeOther

from ..evidence import files
from ..evidence.upload import RefusedUpload
from ..questions import Question
from ..views_common import page
from .draft import Draft
from .navigation import handle_secondary_buttons, is_again, redirect_to_step, step_url


def evidence_step(request: HttpRequest, draft: Draft, number: int, question: Question, returning: bool) -> HttpResponse:
    """Add files, list them, and continue. Refused files leave nothing behind; any button keeps the chosen files."""
    if request.method != "POST":
        return _page(request, draft, number, question, returning)
    refused = _add(request, draft)
    try:
        draft.note_refused_files([astuple(file) for file in refused])
    except OperationalError:  # the database's disk is full as well: show the message here instead of an error page
        return _page(request, draft, number, question, returning, refused)
    if refused:
        return SeeOther(step_url(number, returning, again=True))
    if "add" in request.POST:
        return SeeOther(step_url(number, returning))
    onward = draft.number_after(question, returning)
    return handle_secondary_buttons(request, draft, number, returning) or redirect_to_step(draft, onward, returning)


def _add(request: HttpRequest, draft: Draft) -> list[RefusedUpload]:
    """Keep every file that may be kept, and return why the others were refused, in the order of the form."""
    uploads = _new(request.FILES.getlist("files"), draft)
    refused = list(getattr(request, "refused_uploads", []))
    count = len(request.FILES.getlist("files")) + len(refused)
    refused += filter(None, [_adopt(upload, draft) for upload in uploads])
    return files.classify(refused, count)


def _new(uploads: list, draft: Draft) -> list:
    """Return the uploads that this draft does not have yet.

    When a line broke after a file was stored, and before the answer arrived, it is sent once more.
    """
    facts = [files.facts(item, draft.session.keyring) for item in draft.files]
    known = {(file["name"], file["sha256"]) for file in facts}
    return [upload for upload in uploads if (files.kept_name(upload), upload.sha256) not in known]


def _adopt(upload: Any, draft: Draft) -> RefusedUpload | None:
    """Keep one file, or return why not. Two simultaneous requests wait for each other, so that no key is lost."""
    try:
        with draft.session.locked():
            if refused := files.refusal(upload, draft.files, draft.allowed_files):
                return refused
            if files.is_draft_quota_full(upload.size):
                return files.not_stored(upload)
            files.create_evidence(upload, draft.session.keyring, draft.session.row)
            draft.session.save()
    except OperationalError:
        files.abandon([upload])
        return files.not_stored(upload)
    return None


def _page(
    request: HttpRequest,
    draft: Draft,
    number: int,
    question: Question,
    returning: bool,
    just_refused: Sequence[RefusedUpload] = (),
) -> HttpResponse:
    refused = (
        [RefusedUpload(*file) for file in draft.session.data["refused_files"]] if is_again(request) else just_refused
    )
    ring = draft.session.keyring
    return page(
        request,
        "intake/evidence.html",
        "step",
        {"number": number},
        here=step_url(number, returning),
        question=question,
        form_token=draft.form_token,
        progress=draft.progress(draft.check_number),
        errors=[files.describe(file) for file in refused],
        is_error=bool(refused),
        recording_refused=any(file.reason == "recording" for file in refused),
        added=[{"item": item, **files.facts(item, ring)} for item in draft.files],
        pictures=draft.allowed_files == "all",
    )
