"""Whatever is typed anywhere is shown as text and never runs: in every page that shows it (docs/threat-model.md)."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Case
from tests.journeys.hands import lend
from tests.reports.followup.visitor import url
from tests.reports.intake.reporter import Reporter

pytestmark = pytest.mark.django_db(transaction=True)
RUNS = "window.ran=1"
PAYLOADS = (
    f"<script>{RUNS};alert(1)</script>",
    f'"><img src=x onerror="{RUNS};alert(2)">',
    f"'><svg onload={RUNS}>",
    f"</textarea></title></style><script>{RUNS}</script>",
    f'<iframe srcdoc="<script>parent.{RUNS}</script>"></iframe>',
    f'<a href="javascript:{RUNS}" autofocus onfocus="{RUNS}">klik</a>',
    f"<details open ontoggle={RUNS}>",
    f"<math><mtext></table><img src onerror={RUNS}>",
    "&lt;script&gt;alert(3)&lt;/script&gt;",
    "{{ 7|add:7 }}{% debug %}",
)
ALL = "\n".join(PAYLOADS)
SHORT = '"><img src=x onerror="window.ran=1">'  # fits everywhere, and into the name of a file
CHEATED = {"about": "me", "category": "scam", "age": "adult", "money_sent": "yes_24h", "receiver": SHORT}
BULLIED = {
    "about": "my_child",
    "category": "cyberbullying",
    "age": "13_15",
    "same_school": "pupils",
    "school_help": "yes",
}
TOLD = {
    "receiver": CHEATED,
    "school_name": BULLIED | {"school_name": SHORT},
}


@pytest.fixture
def screen(visits):
    """A page that may open no dialog."""
    page = visits.page()
    page.on("dialog", lambda dialog: (visits.faults.append(f"dialog on {page.url}"), dialog.dismiss()))
    return page


def shows(page, address: str, *texts: str) -> None:
    """The page shows these texts as they were typed, and nothing in them ran."""
    assert page.goto(address).status in {200, 410}
    page.wait_for_load_state("networkidle")
    fields = page.eval_on_selector_all("textarea, input[type=text]", "all => all.map(one => one.value)")
    shown = "\n".join([page.locator("body").text_content(), *fields])
    lines = [line for text in texts for line in text.split("\n")]
    assert [line for line in lines if line not in shown] == [], address
    assert page.evaluate("window.ran") is None, address


def at_the_desk(page, user, site: str) -> Client:
    """Sign ``user`` in on ``page``; returns a client of the same session."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    return client


@pytest.fixture(params=TOLD)
def reporter(site, request) -> Reporter:
    """Has typed payloads into every field that this reporter meets, and ends on the last page."""
    someone = Reporter()
    someone.begin()
    draft = someone.draft
    draft.answers |= TOLD[request.param] | {"words": ALL, "account_or_link": SHORT}
    draft.save()
    someone.answer(draft.number_of("old_report"), question="old_report", answer=PAYLOADS[3])
    return someone


@pytest.mark.sampled(3)
def test_form_shows_it_back_as_text(site, screen, reporter):
    lend(reporter, screen, site)
    draft = reporter.draft
    typed = {key: text for key, text in draft.answers.items() if text in (ALL, SHORT)}
    assert len(typed) == 3
    shows(screen, reporter.url("step", number=draft.check_number), *typed.values())
    for key, text in (typed | {"old_report": PAYLOADS[3]}).items():
        shows(screen, reporter.url("step", number=draft.number_of(key)) + "?again=1", text)


def test_name_of_a_file_is_shown_as_text(site, screen, moderator):
    someone = Reporter()
    someone.begin()
    someone.tell(**CHEATED, words="Ini.")
    file = SimpleUploadedFile(SHORT, b"Chat.", "text/plain")
    address = someone.url("step", number=someone.draft.number_of("evidence"))
    someone.client.post(address, {"question": "evidence", "add": "1", "files": file})
    lend(someone, screen, site)
    shows(screen, address, SHORT)
    someone.send()
    names = {"ref": Case.objects.get().reference, "file_id": Case.objects.get().evidence.get().pk}
    perform(Case.objects.get(), "claim", by=moderator)
    desk = at_the_desk(screen, moderator, site)
    desk.post(reverse("admin:reports_case_open_file", kwargs=names), {"reason": "assess"})
    shows(screen, reverse("admin:reports_case_file", kwargs=names), SHORT)


def test_desk_and_the_return_show_it_as_text(site, screen, moderator, file):
    filed = file(**TOLD["school_name"], words=ALL, account_or_link=SHORT)
    case = perform(filed.case, "claim", by=moderator)
    for action in ("note", "reply"):
        case = perform(case, action, by=moderator, text=ALL)
    visitor = Reporter()
    visitor.client.post(url("check"), {"code": filed.receipt.code})
    visitor.client.post(url("write"), {"text": ALL})
    visitor.client.post(url("show_older"))
    lend(visitor, screen, site)
    shows(screen, url("visit"), ALL)
    assert screen.locator(".bubble").count() == 2
    at_the_desk(screen, moderator, site)
    shows(screen, reverse("admin:reports_case_page", args=[case.reference]) + "?words=1", ALL, SHORT)
    assert screen.locator("[translate=no]").count() > 4
