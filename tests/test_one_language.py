"""No English sentence on an Indonesian page, and the reverse: checked against the catalogue."""

import re
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from education.models import Platform
from reports.cases.lifecycle import perform
from tests import launch_content
from tests.cast import PASSWORD
from tests.education.newsroom_pages import addresses, newsroom
from tests.reports.followup.visitor import open_with
from tests.reports.intake.reporter import Reporter

pytestmark = pytest.mark.django_db
LANGUAGES = ["id", "en"]
CATEGORIES = ["cyberbullying", "sextortion", "scam", "self_harm", "offline_harm", "csam"]
FORMS = [
    *[("id", category) for category in CATEGORIES],
    *[("en", category) for category in ("sextortion", "self_harm")],
    *[
        pytest.param("en", category, marks=pytest.mark.slow)
        for category in ("cyberbullying", "scam", "offline_harm", "csam")
    ],
]
READER = [
    "home",
    "guides",
    "helplines",
    "emergency",
    "glossary",
    "organisations",
    "news",
    "about",
    "privacy",
    "accessibility",
    "after_you_report",
    "traces",
    "if_you_were_reported",
    "quizzes",
    "lessons",
    "incident_log",
    "school_poster",
]
OF_READERS = "admin:education_revision_preview"  # their page, in its own language whatever the editor's is


class Texts(HTMLParser):
    """Collects the pieces of text that a reader sees, outside parts that are marked as another language."""

    SILENT = {"script", "style", "title"}
    VOID = {"meta", "link", "input", "br", "hr", "img", "use", "path", "wbr", "source", "col"}

    def __init__(self, language: str):
        super().__init__()
        self.language, self.found, self._stack = language, [], []

    def handle_starttag(self, tag, attrs):
        other = dict(attrs).get("lang")
        if tag not in self.VOID:
            self._stack.append((tag, tag in self.SILENT or (other is not None and other != self.language)))

    def handle_endtag(self, tag):
        while self._stack and self._stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(hidden for _tag, hidden in self._stack):
            self.found.append(plain(data))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@lru_cache
def foreign(language: str) -> frozenset[str]:
    """Sentences of the other language: what the catalogue holds for it and not for this one."""
    entries = polib.pofile(Path(settings.LOCALE_PATHS[0]) / "id/LC_MESSAGES/django.po")
    english = {plain(entry.msgid) for entry in entries if len(entry.msgid) > 2}
    indonesian = {plain(entry.msgstr) for entry in entries if len(entry.msgstr) > 2}
    return frozenset(english - indonesian if language == "id" else indonesian - english)


def assert_one_language(html: str, language: str, *, shortest: int = 20):
    texts = Texts(language)
    texts.feed(html)
    assert len(texts.found) > shortest, "the page has text to look at"
    assert not set(texts.found) & foreign(language)
    assert f'<html lang="{language}"' in html


@pytest.fixture
def content(categories, in_demo, remembered):
    """The starter content, and an open demo form."""
    launch_content.load()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", LANGUAGES)
def test_reader_pages_have_one_language(content, client, language):
    with translation.override(language):
        addresses = [reverse(f"education:{name}") for name in READER]
        addresses += [reverse("education:guide_by_number", args=[number]) for number in (6, 12, 16, 21, 22)]
        addresses += [reverse("education:quiz_by_number", args=[number]) for number in (3, 5)]
        addresses.append(
            reverse("education:lesson", args=["gambar-buatan-ai" if language == "id" else "ai-made-pictures"])
        )
    for address in addresses:
        assert_one_language(client.get(address).content.decode(), language)


@pytest.mark.slow
@pytest.mark.sampled(3)
@pytest.mark.parametrize(("language", "category"), FORMS)
def test_report_form_has_one_language(content, language, category):
    reporter = Reporter(language)
    assert_one_language(reporter.client.get(reporter.url("start")).content.decode(), language)
    reporter.begin("unsure")
    reporter.tell(about="me", category=category)
    for number in range(1, reporter.draft.check_number + 1):
        assert_one_language(reporter.client.get(reporter.url("step", number=number)).content.decode(), language)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_return_pages_have_one_language(content, file, moderator, language):
    filed = file(language=language)
    perform(filed.case, "claim", by=moderator)
    client = open_with(filed.receipt.code)
    with translation.override(language):
        addresses = [reverse(f"reports:{name}") for name in ("visit", "code_found", "new_code", "withdraw")]
    for address in addresses:
        assert_one_language(client.get(address).content.decode(), language)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_desk_has_one_language(content, file, person, language):
    case = file(base={"safety": "danger", "about": "me", "category": "cyberbullying", "words": "…"}).case
    user = person("supervisor")
    client = Client(headers={"Accept-Language": language})
    client.login(username=user.username, password=PASSWORD)
    perform(case, "claim", by=user)
    for name, args in (
        ("index", []),
        ("reports_case_changelist", []),
        ("reports_case_page", [case.reference]),
        ("reports_staffedhours_changelist", []),
        ("reports_oncallchannel_add", []),
    ):
        address = reverse(f"admin:{name}", args=args) + ("?show=all" if name == "reports_case_changelist" else "")
        assert_one_language(client.get(address).content.decode(), language)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_app_page_has_one_language(content, client, language):
    with translation.override(language):
        addresses = [reverse("education:platform", args=[app.slug]) for app in Platform.objects.published()]
    assert len(addresses) > 5
    for address in addresses:
        assert_one_language(client.get(address).content.decode(), language)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_newsroom_has_one_language(client, person, language):
    launch_content.load(for_search=False)
    publisher = person("publisher")
    client.login(username=publisher.username, password=PASSWORD)
    sentences = {text for text in foreign(language) if text.count(" ") > 1}  # single words are also names of fields
    found, pages = {}, 0
    for name, address in addresses(newsroom(person)).items():
        if name == OF_READERS:
            continue
        answer = client.get(address, headers={"accept-language": language})
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            pages += 1
            texts = Texts(language)
            texts.feed(answer.content.decode())
            if wrong := set(texts.found) & sentences:
                found[name] = wrong
    assert found == {}
    assert pages > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_error_pages_have_one_language(client, person, language):
    with translation.override(language):
        refused = Client(enforce_csrf_checks=True).post(reverse("reports:check"), {"code": "x"})
    client.login(username=person("moderator").username, password=PASSWORD)
    closed = client.get(reverse("admin:auth_user_changelist"), headers={"accept-language": language})
    gone = client.get(f"/{language}/nothing/here/")
    assert [answer.status_code for answer in (refused, closed, gone)] == [403, 403, 404]
    for answer in (refused, closed, gone):
        assert_one_language(answer.content.decode(), language, shortest=5)
