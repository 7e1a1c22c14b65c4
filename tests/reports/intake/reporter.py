"""A browser that fills in the form, for the tests of its pages."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from reports.crypto.receipts import Receipt
from reports.crypto.sealed_session import open_by_cookie
from reports.intake.draft import Draft
from reports.models import Case
from tests.cast import Filed
from tests.reports.evidence.uploads import picture


class Reporter:
    """A browser that fills in the form."""

    def __init__(self, language="id"):
        self.client, self.language = Client(), language

    def url(self, name, **kwargs):
        with translation.override(self.language):
            return reverse(f"reports:{name}", kwargs=kwargs)

    def begin(self, safety="safe"):
        self.client.post(self.url("ask_safety"), {"safety": safety})
        return self.client.post(self.url("step", number=1))

    def answer(self, number=2, **data):
        self.leave_help()
        return self.client.post(self.url("step", number=number), data)

    def leave_help(self):
        """Press the button of each help page that is open, as somebody who has read it."""
        while self.is_at_help:
            self.client.post(self.url("help_page"))

    @property
    def is_at_help(self) -> bool:
        session = self.draft_session
        return bool(session and session.data["kind"] == "draft" and session.data["help"])

    def tell(self, **answers):
        """Answer questions by key, wherever they stand."""
        for key, value in answers.items():
            number = self.draft.number_of(key)
            self.answer(number, question=key, answer=value)
        return self

    @property
    def draft_session(self):
        cookie = self.client.cookies.get("session")
        return open_by_cookie(cookie.value) if cookie else None

    @property
    def draft(self):
        return Draft(self.draft_session)

    def send(self):
        self.leave_help()
        return self.client.post(self.url("step", number=self.draft.check_number))

    def filed(self) -> Filed:
        """The case that was sent, and its code; not after the code was written down."""
        session = self.draft_session
        receipt = Receipt(session.data["reference"], session.data["secret"])
        return Filed(Case.objects.get(reference=receipt.reference), receipt)


def told(reporter: Reporter) -> Reporter:
    """A reporter who has answered enough to send."""
    return reporter.tell(about="me", category="cyberbullying", age="16_17", words="Mereka mengejek aku.")


def skip_deciding(reporter: Reporter):
    """Skip the questions that decide, so that the last page is next."""
    while (number := reporter.draft.next_new_number) != reporter.draft.check_number:
        keys = [question.key for question in reporter.draft.questions_at(number)]
        reporter.answer(number, skip="1", **{"questions" if len(keys) > 1 else "question": " ".join(keys)})


def press(reporter: Reporter, key, answer, **button):
    """Press another button than "Continue" on the page that asks ``key``."""
    reporter.leave_help()
    number = reporter.draft.number_of(key)
    return reporter.client.post(reporter.url("step", number=number), {"question": key, "answer": answer} | button)


def page_of(reporter: Reporter, key) -> str:
    """The page that asks ``key``."""
    return reporter.client.get(reporter.url("step", number=reporter.draft.number_of(key))).content.decode()


def landed(reporter: Reporter, response) -> str:
    """The page that ``response`` leads to, as the browser asks for it."""
    assert response.status_code == 303
    return reporter.client.get(response.url).content.decode()


def check_page(reporter: Reporter) -> str:
    """The page with all answers."""
    return reporter.client.get(reporter.url("step", number=reporter.draft.check_number)).content.decode()


def add_files(reporter: Reporter, count: int = 1) -> Reporter:
    """Answer up to the step for files, and send ``count`` pictures there."""
    reporter.begin()
    reporter.tell(about="me", category="scam", age="adult", money_sent="no", words="Uangku tidak kembali.")
    files = [SimpleUploadedFile("bukti.jpg", picture(), "image/jpeg") for _number in range(count)]
    reporter.answer(reporter.draft.number_of("evidence"), question="evidence", files=files)
    return reporter


def report_with_picture() -> Case:
    """Send the report of an adult with one picture; return its case."""
    reporter = Reporter()
    reporter.begin()
    reporter.tell(about="me", category="threats_stalking", age="adult", own_image="no", words="Dia mengancam.")
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    reporter.answer(reporter.draft.number_of("evidence"), question="evidence", files=photo)
    reporter.send()
    return Case.objects.get()
