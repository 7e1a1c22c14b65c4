"""One press is an answer: "Yes, I am safe" on the first page, choices that send their page, help above a question."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from education.help import help_for
from reports.crypto.sealed_session import open_by_cookie
from reports.intake.draft import Draft
from reports.models import SealedSession
from reports.priority import is_restricted, tier
from reports.questions import SAFETY
from safetycenter.models import Hit
from tests import launch_content
from tests.reports import tasks

from .pages import finish, say_who
from .reporter import Reporter, check_page, landed, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def safe(client, **sent):
    return client.post(Reporter().url("ask_safety"), {"safety": "safe"}, **sent)


@pytest.mark.safety("H3")
def test_only_the_answer_that_says_safe_is_stored_as_safe():
    client = Client(enforce_csrf_checks=True)
    first = client.get(Reporter().url("start")).text
    button = '<button class="answer sends" name="safety" value="safe">Ya, aku aman. Ini hal lain</button>'
    assert (button in first, first.count('value="safe"'), dict(client.cookies)) == (True, 1, {})
    assert safe(client, headers=SAME_SITE).status_code == 303
    assert Draft(open_by_cookie(client.cookies["session"].value)).answers == {"safety": "safe"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        *({"Sec-Fetch-Site": site} for site in ("none", "same-site", "cross-site")),
        {"Origin": "https://another.example"},
    ],
)
def test_form_that_may_be_of_another_site_begins_no_draft_but_shows_the_question(headers):
    client = Client(enforce_csrf_checks=True)
    response = safe(client, headers=headers)
    assert (response.status_code, response.url) == (303, Reporter().url("ask_safety"))
    page = client.get(response.url).text
    assert str(SAFETY.heading) in page
    assert not SealedSession.objects.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    assert client.post(response.url, {"safety": "safe", "csrfmiddlewaretoken": token}).url != response.url
    assert SealedSession.objects.count() == 1


@pytest.mark.parametrize("slug", ["grooming", "sexual_harassment", "doxxing", "child_exploitation", "ncii"])
@pytest.mark.parametrize("about", ["me", "my_student"])
def test_first_steps_are_between_the_first_question_that_decides_and_its_answers(reporter, slug, about):
    launch_content.load(for_search=False)
    say_who(reporter, who=f"{about}:13_15")
    response = reporter.answer(3, question="category", answer=slug)
    page = landed(reporter, response)
    text = help_for(slug, "me" if about == "me" else "pupil", "id")
    parts = ["<h1>", f"<h2>{escape(text.title)}</h2>", '<div class="choices']
    assert sorted(map(page.index, parts)) == [page.index(part) for part in parts]
    assert all(str(line) in page for line in text.lines)
    assert "628111129129" in page.split("<main")[1] or "tel:129" in page.split("<main")[1]
    assert page.count("<h1>") == 1


@pytest.mark.safety("K1")
@pytest.mark.parametrize(("answer", "asked"), [("soon", False), ("met", False), ("no", True), ("unknown", True)])
def test_meeting_that_is_planned_ends_the_questions(reporter, answer, asked):
    reporter.tell(about="my_child", age="13_15", category="grooming", meeting=answer)
    keys = [question.key for page in reporter.draft._first_pages for question in page]
    assert ("close_to_child" in keys) == asked
    assert (tier(reporter.draft.answers) == 0) or asked


@pytest.mark.safety("H28", "K10")
@pytest.mark.parametrize("safety", ["unsure", "safe", "tile"])
def test_small_child_who_is_not_sure_can_send_at_once(safety):
    reporter = Reporter()
    if safety == "tile":
        reporter.client.post(reporter.url("first_aid", number=18), headers=SAME_SITE)
    else:
        reporter.begin(safety)
    reporter.tell(about="me", age="under_13", category="unsure")
    assert reporter.draft.next_new_number == reporter.draft.check_number
    assert "Boleh dikosongkan" in check_page(reporter)
    assert (tier(reporter.draft.answers), is_restricted(reporter.draft.answers)) == (0, True)
    assert finish(reporter, "").url == reporter.url("code")


def test_choice_that_was_made_is_marked(reporter):
    reporter.tell(about="me", age="16_17", category="ncii", still_online="yes")
    assert page_of(reporter, "still_online").count('aria-current="true"') == 1


def pressed(client) -> tuple:
    """Answer the first page; return the case of the draft, and how often this network was counted."""
    assert safe(client).url == Reporter().url("step", number=2)
    session = open_by_cookie(client.cookies["session"].value)
    return session.case_id, list(Hit.objects.values_list("count", flat=True))


def test_first_page_pressed_twice_begins_one_draft_and_counts_once(clock):
    client = Client()
    first = pressed(client)
    clock(seconds=2)
    assert pressed(client) == first
    assert SealedSession.objects.count() == 1
    clock(minutes=1)
    assert pressed(client)[0] != first[0]  # who comes back later begins with an empty form (H8)


@pytest.mark.safety("H8")
def test_draft_whose_cookie_never_arrived_is_deleted_while_the_other_goes_on(clock):
    pressed(Client())  # the browser dropped this answer, and pressed once more without a cookie
    reporter = Reporter()
    reporter.begin()
    assert SealedSession.objects.count() == 2
    clock(minutes=settings.DRAFT_MINUTES - 1)
    reporter.client.post(reporter.url("extend"))
    clock(minutes=2)
    tasks.run("drafts ended")
    assert SealedSession.objects.get().pk == reporter.draft.session.row.pk
