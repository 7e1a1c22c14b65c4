"""The pages of a first visit. Each is whole without script, and none says in its address or title what it is about."""

from contextlib import suppress

import django.db
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from safetycenter import limits
from safetycenter.views import SeeOther

from .. import lifecycle, receipts, risk
from .. import pocket as pockets
from ..models.case import Case
from ..opening import opening
from ..pocket import Moved
from ..private import no_store, page, same_origin
from ..questions import SAFETY, missing
from ..vault.keys import KeyMissing
from . import rows, screens
from .draft import CODE, DONE, Draft, discard, expired, with_draft
from .evidence_step import evidence_step
from .forms import SafetyForm, form_for
from .submit import is_suspicious, submit


@no_store
@require_http_methods(["GET", "POST"])
def start(request):
    """Are you safe right now? Always the first page, and it never hints that a draft exists (H8)."""
    state = opening()
    if not state.is_open:
        return page(request, "intake/closed.html", "start", opening=state)
    form = SafetyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        old = pockets.of(request)
        if old and old.facts["kind"] == CODE:
            return SeeOther(_url("code"))  # the only copy of a code that nobody has written down yet
        if old:
            discard(old)
        draft = Draft.begin(get_language())
        draft.answers["safety"] = form.cleaned_data["safety"]
        draft.save()
        return pockets.give(SeeOther(_step(1)), draft.pocket)
    return page(request, "intake/start.html", "start", opening=state, form=form, question=SAFETY)


@no_store
@require_http_methods(["GET", "POST"])
@with_draft
def step(request, draft, number: int):
    """One page of the form: the safety page, a question, or all answers."""
    if number == 1:
        return _safety_page(request, draft)
    if number == draft.check_number:
        return _check_page(request, draft)
    question = draft.question_at(number)
    if question is None:
        return SeeOther(_step(draft.check_number))
    # A second tab may have moved the numbers: the form says which question it asked.
    if request.POST.get("question") and (moved := draft.number_of(request.POST["question"])):
        number, question = moved, draft.question_at(moved)
    if question.kind == "evidence":
        return evidence_step(request, draft, number, question)
    return _question_page(request, draft, number, question)


@no_store
@require_http_methods(["GET", "POST"])
@with_draft
def info(request, draft):
    """A page of help that an answer called for; shown once, and the way on is at its end."""
    name, onward = draft.pocket.facts.get("help"), draft.pocket.facts.get("onward", 2)
    if name is None or request.method == "POST":
        draft.pocket.facts["help"] = None
        draft.pocket.save()
        return SeeOther(_step(onward))
    return page(request, f"intake/help/{name}.html", "info", answers=draft.answers, onward=onward)


@no_store
@require_POST
@with_draft
def stay(request, draft):
    """The reporter is still there: twenty more minutes."""
    return SeeOther(_step(int(request.POST["number"]) if request.POST.get("number", "").isdecimal() else 1))


@no_store
@require_POST
@with_draft
def remove_file(request, draft, file_id):
    """Throw away one file of this draft."""
    draft.remove_file(file_id)
    return SeeOther(_step(draft.number_of("evidence") or draft.check_number))


@no_store
@require_http_methods(["GET", "POST"])
def code(request):
    """The code, shown until the reporter goes on: a bad line loses no report."""
    pocket = pockets.of(request)
    if pocket is None and request.method == "POST":
        return expired(request, "code")
    if pocket is None or pocket.facts["kind"] not in (CODE, DONE):
        return SeeOther(_url("start"))
    if pocket.facts["kind"] == DONE:
        return SeeOther(_url("done"))
    return _code_taken(request, pocket) if request.method == "POST" else _code_page(request, pocket)


@no_store
@require_http_methods(["GET"])
def done(request):
    """What happens now, and when."""
    pocket = pockets.of(request)
    case = Case.objects.filter(pk=pocket.case_id).first() if pocket else None
    if case is None or pocket.facts["kind"] != DONE:
        return SeeOther(_url("start"))
    return page(request, "intake/done.html", "done", case=case, life=case.category_id == "sextortion" or case.risk_flag)


@csrf_exempt  # ends a draft and nothing else, from this site only: works even when the form's token is gone
@no_store
@require_POST
@same_origin
def leave(request):
    """Quick exit and "Delete and leave": the pocket goes, the browser is sent to a neutral page, whatever happens."""
    # The script leaves by itself and needs no page in return.
    response = HttpResponse(status=204) if "script" in request.POST else SeeOther(settings.QUICK_EXIT_URL)
    response.headers["Clear-Site-Data"] = '"cache"'
    if not request.is_from_here:
        return response
    with suppress(django.db.Error, OSError):
        if pocket := pockets.of(request):
            discard(pocket)
    return pockets.take_back(response)


def _safety_page(request, draft):
    if request.method == "POST":
        return SeeOther(_step(2))
    return page(
        request,
        "intake/safety.html",
        "step",
        {"number": 1},
        safety=draft.answers.get("safety", "unsure"),
        opening=opening(),
    )


def _question_page(request, draft, number, question):
    if "skip" in request.POST and not question.required:
        draft.answer(question, None)
        return _onward(draft, question)
    form = form_for(
        question,
        request.POST if request.method == "POST" else None,
        draft.answers.get(question.key),
        rows.choices(question),
    )
    if request.method == "POST" and form.is_valid():
        draft.answer(question, form.value)
        if question.kind in {"text", "long"} and risk.is_mentioned(form.value):
            draft.answers["risk"] = "yes"
            draft.save()
        return _onward(draft, question)
    return page(
        request,
        "intake/question.html",
        "step",
        {"number": number},
        form=form,
        question=question,
        number=number,
        total=draft.check_number,
        groups=rows.groups(question, form),
        can_finish=not missing(draft.answers),
    )


def _onward(draft, question):
    number = (draft.number_of(question.key) or 1) + 1
    name = screens.due(draft.answers, draft.passed(number), draft.pocket.facts["shown"])
    if name is None:
        return SeeOther(_step(number))
    draft.pocket.facts |= {"help": name, "onward": number}
    draft.mark_shown(name)
    return SeeOther(_url("info"))


def _check_page(request, draft):
    number = draft.check_number
    problems, all_rows = missing(draft.answers), rows.of(draft)
    if request.method == "POST" and not problems:
        within = limits.SUBMIT.hit(limits.address_of(request))
        try:
            submit(draft, is_suspicious(draft, request.POST.get("website", ""), within))
        except KeyMissing:
            return page(request, "intake/closed.html", "start", opening=opening(), status=503)
        return SeeOther(_url("code"))
    return page(
        request,
        "intake/check.html",
        "step",
        {"number": number},
        answered=[row for row in all_rows if not row["skipped"]],
        skipped=[row for row in all_rows if row["skipped"]],
        problems=problems if request.method == "POST" else [],
        number=number,
    )


def _code_page(request, pocket, error: str = ""):
    return page(request, "intake/code.html", "code", receipt=_receipt(pocket), error=error)


def _receipt(pocket) -> receipts.Receipt:
    return receipts.Receipt(pocket.facts["reference"], pocket.facts["secret"])


def _code_taken(request, pocket):
    typed, receipt = request.POST.get("retyped", "").strip(), _receipt(pocket)
    if "cannot_keep" in request.POST:
        lifecycle.perform(Case(pk=pocket.case_id), "no_return")
    elif typed and not _is_same(typed, receipt):
        return _code_page(
            request, pocket, _("This is not the same code. Compare it once more, or go on without typing.")
        )
    with suppress(Moved):  # a second tap was faster
        pocket.settle(kind=DONE)
    return SeeOther(_url("done"))


def _is_same(typed: str, receipt: receipts.Receipt) -> bool:
    return receipt in (receipts.parse(typed), receipts.parse(f"{receipt.reference} {typed}"))


def _step(number: int) -> str:
    return _url("step", number=number)


def _url(name: str, **kwargs) -> str:
    return reverse(f"reports:{name}", kwargs=kwargs)
