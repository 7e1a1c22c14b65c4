"""File a report that staff enter, the same way as one that comes through the form."""

from typing import cast

from django.contrib.auth.models import User
from django.db import transaction

from safetycenter.roles import Account

from ..cases import audit
from ..cases.lifecycle import perform
from ..crypto.receipts import Receipt
from ..intake.draft import Draft
from ..intake.submit import submit
from ..models.case import Case
from .forms import ReportForm


def enter(form: ReportForm, by: Account) -> tuple[Receipt, Case]:
    """File the report in the valid ``form``; return its receipt, which is stored nowhere, and the case.

    The record says who entered it and how it came. Files cannot be added, and words are read for a life at risk and
    for harm, as in the form (safety rules H5, H14, H28). Raises KeyMissingError if this server cannot seal it.
    """
    draft = Draft.begin(form.cleaned_data["language"])
    for question in form.asked:
        draft.answer(question, form.answers.get(question.key))
    draft.save()
    try:
        submit(draft)
        facts = draft.session.data
        receipt = Receipt(facts["reference"], facts["secret"])
    finally:
        draft.session.delete()
    with transaction.atomic():
        case = Case.objects.for_update().get(reference=receipt.reference)
        audit.record(case, "entered", cast("User", by), came_by=form.cleaned_data["came_by"])
    if form.cleaned_data["gets_code"] == "no":
        case = perform(case, "mark_unreachable")
    return receipt, case
