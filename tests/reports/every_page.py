"""Every page that a reporter can meet, asked for as a browser asks: ``pages(…)[name]``."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from reports.cases.retention import erase
from reports.intake.first_aid import DANGERS, TILES, UNSURE, every
from reports.intake.help_pages import HELP_PAGES
from reports.models import SealedSession
from tests.reports.evidence.uploads import picture
from tests.reports.intake.adding import add
from tests.reports.intake.reporter import Reporter, told

SAFETY = ("safe", "danger", "self_harm", "other_in_danger", "unsure")
STORY = "Ceritakenari yang baru aku tulis."
FILE_NAME = "fotokenari.jpg"


def cheated(language: str = "id") -> Reporter:
    """A reporter of a scam who has added a file."""
    reporter = Reporter(language)
    reporter.begin()
    reporter.tell(about="me", category="scam", money_sent="no", age="adult", words=STORY)
    photo = SimpleUploadedFile(FILE_NAME, picture(), "image/jpeg")
    number = reporter.draft.number_of("evidence")
    reporter.client.post(reporter.url("step", number=number), {"question": "evidence", "add": "1", "files": photo})
    return reporter


def of_the_form(language: str = "id") -> dict[str, str]:
    """Start, the answers about safety, all steps, help, the last page."""
    reporter = cheated(language)
    pages = {"start": _page(reporter, "start"), "ask safety": _page(reporter, "ask_safety")} | _first_aid(reporter)
    for number in range(reporter.draft.check_number + 1):
        pages[f"step {number}"] = _page(reporter, "step", number=number)
    reporter.answer(0, question="safety", answer="nothing")
    pages["again"] = reporter.client.get(reporter.url("step", number=0) + "?again=1").content.decode()
    pages["check"] = pages.pop(f"step {reporter.draft.check_number}")
    return pages | {f"safety {answer}": _safety(answer, language) for answer in SAFETY} | _help(language)


def after_sending(language: str = "id") -> dict[str, str]:
    """The code, what comes after it, and what is there when the time is over or another window was faster."""
    reporter = told(_begun(language))
    old_mark = reporter.draft.form_token
    reporter.begin()
    anew = reporter.answer(2, of=old_mark, question="words", answer=STORY)
    told(reporter).send()
    pages = {"begun anew": anew.content.decode(), "code": _page(reporter, "code")}
    reporter.client.post(reporter.url("code"))
    pages["done"] = _page(reporter, "done")
    pages |= _added_later(reporter)
    SealedSession.objects.all().delete()
    pages["empty"] = _page(reporter, "step", number=3)
    pages["expired"] = reporter.answer(3, question="words", answer=STORY).content.decode()
    return pages


def _added_later(reporter: Reporter) -> dict[str, str]:
    """A question, an answer that was not valid, one that another window gave, and help after words and danger."""
    pages, words = {"more": _page(reporter, "more")}, f"Aku mau mati. {STORY}"
    add(reporter, "own_image")
    pages["more again"] = reporter.client.get(reporter.url("more") + "?again=1").content.decode()
    add(reporter, "evidence_sexual_check", "no")
    add(reporter, "account_or_link", words)
    pages["more taken"] = add(reporter, "account_or_link", words).content.decode()
    pages["more help"] = _page(reporter, "more")
    reporter.client.post(reporter.url("more"), {"help": "1"})
    return pages | {"more files": _next(reporter, "evidence")}


def _next(reporter: Reporter, key: str) -> str:
    """The page that asks ``key`` after the code; every question before it is skipped."""
    while f'value="{key}"' not in (page := _page(reporter, "more")):
        add(reporter, re.search(r'name="question" value="(\w+)"', page)[1], skip="1")
    return page


def of_the_return(filed, language: str = "id") -> dict[str, str]:
    """The code's page, a visit and all that it leads to, a visit that ended, the certificate of an erased report."""
    visitor = Reporter(language)
    pages = {"enter": _page(visitor, "check"), "wrong code": _open(visitor, "x")}
    _open(visitor, filed.receipt.code)
    pages |= {
        name: _page(visitor, name) for name in ("visit", "code_found", "withdraw", "own_data", "reminder", "new_code")
    }
    pages["too long"] = _write(visitor, "kata " * 900)
    visitor.client.post(visitor.url("new_code"))
    pages["new code"] = _page(visitor, "new_code")
    SealedSession.objects.all().delete()
    return pages | {"ended": _write(visitor, STORY)}


def of_the_certificate(filed, language: str = "id") -> dict[str, str]:
    """What the code of a withdrawn report still shows."""
    erase(filed.case, "withdrawn")
    return {"erased": _open(Reporter(language), filed.receipt.code)}


def _safety(answer: str, language: str) -> str:
    reporter = Reporter(language)
    reporter.client.post(reporter.url("ask_safety"), {"safety": answer})
    return _page(reporter, "step", number=1)


def _first_aid(reporter: Reporter) -> dict[str, str]:
    numbers = [number for aid in (*DANGERS, *TILES, UNSURE) for number in (aid.number, aid.outside_number)]
    numbers += [aid.number for aid in every() if aid.is_listed]
    pages = {f"first aid {number}": _page(reporter, "first_aid", number=number) for number in numbers}
    return pages | {"first aid list": _page(reporter, "first_aid_list")}


def _help(language: str) -> dict[str, str]:
    reporter, pages = _begun(language), {}
    for name, _calls in HELP_PAGES:
        session = reporter.draft_session
        session.data["help"] = name
        session.save()
        pages[f"help {name}"] = _page(reporter, "help_page")
    return pages


def _begun(language: str) -> Reporter:
    reporter = Reporter(language)
    reporter.begin()
    return reporter


def _page(reporter: Reporter, name: str, **kwargs) -> str:
    return reporter.client.get(reporter.url(name, **kwargs)).content.decode()


def _open(reporter: Reporter, code: str) -> str:
    return reporter.client.post(reporter.url("check"), {"code": code}).content.decode()


def _write(reporter: Reporter, text: str) -> str:
    return reporter.client.post(reporter.url("write"), {"text": text}).content.decode()
