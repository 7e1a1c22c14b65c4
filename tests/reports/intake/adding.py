"""A reporter who adds something after the code, in the same browser."""

from django.core.files.uploadedfile import SimpleUploadedFile

from reports.intake.more import MORE, More
from reports.models import Case
from tests.reports.evidence.uploads import picture
from tests.reports.intake.reporter import Reporter

ONE_SENTENCE = {"about": "me", "category": "cyberbullying", "age": "16_17", "words": "Mereka mengejek aku."}


def sent(reporter: Reporter, **answers: object) -> Case:
    """Send a report with ``answers`` and note the code; nothing else was answered."""
    reporter.begin()
    reporter.tell(**(answers or ONE_SENTENCE))
    reporter.send()
    case = reporter.filed().case
    reporter.client.post(reporter.url("code"))
    return case


def add(reporter: Reporter, key: str, answer: object = "", **button: object):
    """Press "Add it", or another button, on the page that asks ``key``."""
    return reporter.client.post(reporter.url("more"), {"question": key, "answer": answer} | button)


def add_file(reporter: Reporter, count: int = 1):
    """Choose pictures on the page for files, and send them."""
    files = [SimpleUploadedFile("x.jpg", picture(), "image/jpeg") for _number in range(count)]
    return reporter.client.post(reporter.url("more"), {"question": "evidence", "files": files})


def left(reporter: Reporter) -> list[str]:
    """The keys of the questions that the session would still ask, in order."""
    adding = More.of(reporter.draft_session)
    return [question.key for question in adding.open] if adding else []


def is_over(reporter: Reporter) -> bool:
    """Whether the session holds nothing any more with which something could be added."""
    return MORE not in reporter.draft_session.data
