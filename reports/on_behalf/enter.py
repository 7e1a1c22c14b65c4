"""File a report that staff enter, the same way as one that comes through the form."""

from typing import cast

from django.contrib.auth.models import User
from django.db import transaction

from safetycenter.roles import Account

from ..cases import audit
from ..cases.lifecycle import perform
from ..crypto.receipts import Receipt
from ..crypto.vault.keyring import Keyring
from ..evidence import files
from ..evidence.upload import RefusedUpload
from ..intake.draft import Draft
from ..intake.submit import submit
from ..models.case import Case
from .forms import ReportForm


def draft_of(form: ReportForm) -> Draft:
    """Return the draft with the answers of the valid ``form``. It is not stored yet."""
    draft = Draft.begin(form.cleaned_data["language"])
    for question in form.asked:
        draft.answer(question, form.answers.get(question.key))
    return draft


def refusals(draft: Draft, uploads: list, refused: list[RefusedUpload]) -> list[str]:
    """Return why files of a letter may not be kept, by the rules of the form (H14). ``refused``: while uploading."""
    found = list(refused)
    kept: list = []
    for upload in uploads:
        if why := files.refusal(upload, kept, draft.allowed_files):
            found.append(why)
        else:
            kept.append(upload)
    return [files.describe(file) for file in files.classify(found, len(uploads) + len(refused))]


def enter(form: ReportForm, draft: Draft, by: Account, uploads: list) -> tuple[Receipt, Case]:
    """File the report in the valid ``form``; return its receipt, which is stored nowhere, and the case.

    The record says who entered it and how it came. Words are read for a life at risk and for harm, as in the form
    (safety rules H5, H14, H28). ``uploads`` are those that ``refusals`` accepted. Raises KeyMissingError if this server
    cannot seal the report.
    """
    draft.save()
    ring = cast("Keyring", draft.session.keyring)  # a draft has one until it is sent
    try:
        for upload in uploads:
            files.create_evidence(upload, ring, draft.session.row)
        draft.session.save()
        submit(draft, by_staff=True)
        facts = draft.session.data
        receipt = Receipt(facts["reference"], facts["secret"])
    except BaseException:
        files.abandon(uploads)  # their bytes are deleted when the request ends
        raise
    finally:
        draft.session.delete()
    with transaction.atomic():
        case = Case.objects.for_update().get(reference=receipt.reference)
        audit.record(case, "entered", cast("User", by), came_by=form.cleaned_data["came_by"])
    if form.cleaned_data["gets_code"] == "no":
        case = perform(case, "mark_unreachable")
    return receipt, case
