"""First aid of every category, and the list from which each is one press away: without a draft or a cookie."""

import re

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from education.help import help_for, shipped
from reports import priority
from reports.crypto.sealed_session import open_by_cookie
from reports.intake import first_aid, trusted_adult
from reports.intake.draft import Draft
from reports.models import Category, SealedSession
from reports.questions import SAFETY, signals
from reports.questions.category import DECLARED
from safetycenter import memory
from tests import launch_content
from tests.reports.html import words_of
from tests.reports.intake.reporter import Reporter, landed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
LISTED = [aid for aid in first_aid.every() if aid.is_listed]
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
HREF = re.compile(r'href="(/[^"]+)"')


def main_of(response) -> str:
    return response.text.split("<main", 1)[1].split("</main>")[0]


def the_list(language: str = "id", query: str = "", client=None):
    return (client or Client()).get(Reporter(language).url("first_aid_list") + query)


def shown(number: int, language: str = "id", query: str = "", client=None):
    return (client or Client()).get(Reporter(language).url("first_aid", number=number) + query)


def begun(number: int, query: str = "") -> Reporter:
    reporter = Reporter()
    reporter.client.post(reporter.url("first_aid", number=number) + query, headers=SAME_SITE)
    return reporter


@pytest.fixture
def closed(demo, monkeypatch):
    """The form is closed: a real site, on which nobody reads reports yet."""
    monkeypatch.setattr(site, "DEBUG", False)
    memory.clear()
    launch_content.load(for_search=False)


@pytest.mark.parametrize("language", ["id", "en"])
def test_list_does_not_ask_what_the_first_page_has_asked(language):
    assert [
        heading for heading in re.findall("<h[12].*?>(.*?)</h", main_of(the_list(language))) if "?" in heading
    ] == []


def test_no_two_pages_have_the_same_number():
    aids = list(first_aid.every())
    numbers = [aid.number for aid in aids] + [aid.outside_number for aid in aids] + [*trusted_adult.NUMBERS]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("language", ["id", "en"])
def test_list_leads_to_the_first_aid_of_every_category(language):
    page = main_of(the_list(language))
    with override(language):
        links = {slug: f'">{escape(first_aid.of_category(slug).label)}</a>' for slug in DECLARED}
    assert [slug for slug, label in links.items() if f'href="{_address(slug, language)}{label}' not in page] == []
    assert "<details" not in page


def test_list_has_the_groups_of_the_form():
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", main_of(the_list()))
    assert headings[1:] == [str(escape(group.label)) for group in Category.Group]


@pytest.mark.safety("H8", "H9")
def test_list_writes_nothing_and_tells_nothing_outside_its_text():
    client = Client()
    response = the_list(client=client)
    assert (response.status_code, dict(client.cookies), SealedSession.objects.count()) == (200, {}, 0)
    assert "no-store" in response.headers["Cache-Control"]
    assert "<title>Halamanmu" in response.text
    assert not [slug for slug in DECLARED if f'"{slug}' in response.text]


@pytest.mark.parametrize("language", ["id", "en"])
def test_first_help_for_everything_takes_two_presses(language):
    client, found, help_is_at = Client(), set(), Reporter(language).url("first_aid_list")
    start = main_of(client.get(Reporter(language).url("start")))
    for address in (href for href in HREF.findall(start) if href.startswith(help_is_at)):
        found |= {address, *HREF.findall(main_of(client.get(address)))}
    missing = {slug for slug in DECLARED if _address(slug, language) not in found}
    assert (missing, dict(client.cookies)) == (set(), {})
    assert words_of(client.get(help_is_at).text) <= 100


def _address(slug: str, language: str) -> str:
    return Reporter(language).url("first_aid", number=first_aid.of_category(slug).number)


@pytest.mark.parametrize("language", ["id", "en"])
def test_listed_first_aid_helps_without_a_draft(language):
    client = Client()
    for aid in LISTED:
        response = shown(aid.number, language, client=client)
        lines = re.search(r'<ol class="steps brief aid">(.*?)</ol>', response.text, re.DOTALL)[1]
        assert (response.status_code, lines.count("<li>")) == (200, 3), aid.key
        assert len(re.sub("<[^>]+>", " ", lines).split()) <= 40, aid.key
        assert help_for(aid.key, aid.person, language).lines[0] in lines, aid.key
        assert re.search('href="(tel:|https:)', main_of(response)), aid.key
        assert 'data-rule="J3 H11"' in response.text
    assert (dict(client.cookies), SealedSession.objects.count()) == ({}, 0)


@pytest.mark.safety("H12", "H13", "H16", "H18", "J8", "J9")
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("easy", ["", "?easy=1"])
def test_what_a_rule_prescribes_for_the_category_is_said_and_not_folded(language, easy):
    pages = {number: aid for aid in (*first_aid.TILES, *LISTED) for number in (aid.number, aid.outside_number)}
    for number, aid in pages.items():
        whole = main_of(shown(number, language, easy))
        opened = re.sub("<details.*?</details>", "", whole, flags=re.DOTALL)
        text = help_for(aid.key, aid.person, language)
        for name in shipped.required_sentences(text.block, text.person):
            page = opened if shipped.must_be_open(f"{{{name}}}") else whole
            assert f">{escape(shipped.locked_sentence(name, text.person, language))}</span>" in page, (number, name)


@pytest.mark.safety("H12")
def test_only_the_sentence_on_spreading_may_be_folded():
    assert [name for name in shipped.locked() if not shipped.must_be_open(f"{{{name}}}")] == ["may_spread"]


@pytest.mark.safety("H27")
def test_listed_first_aid_shows_tools_only_to_the_person_in_a_picture():
    launch_content.load(for_search=False)
    for aid in LISTED:
        assert aid.picture_tools or not re.search("take it down|stopncii", main_of(shown(aid.number)), re.IGNORECASE), (
            aid.key
        )
    assert [aid.key for aid in LISTED if aid.picture_tools] == ["ncii"]


@pytest.mark.safety("H27", "J9")
def test_first_aid_for_a_found_picture_leads_who_is_in_it_to_other_help():
    found = first_aid.of_category("csam")
    page = main_of(shown(found.number))
    assert escape(help_for("csam", "stranger", "id").title) in page
    assert f'href="{_address("ncii", "id")}">Kamu ada di gambarnya?</a>' in page


@pytest.mark.safety("H3", "H14")
@pytest.mark.parametrize("aid", LISTED, ids=lambda aid: aid.key)
def test_listed_first_aid_begins_the_draft_with_its_category_and_asks_about_safety(aid):
    client = Client()
    response = client.post(Reporter().url("first_aid", number=aid.number), headers=SAME_SITE)
    draft = Draft(open_by_cookie(client.cookies["session"].value))
    assert (response.url, draft.answers) == (
        Reporter().url("step", number=0),
        {"tile": aid.key, "category": aid.key},
    )
    assert signals(draft.answers)["danger"] == signals({SAFETY.key: "unsure"})["danger"]
    assert priority.tier(draft.answers) <= priority.tier(draft.answers | {SAFETY.key: "unsure"})
    assert draft.files_forbidden == DECLARED[aid.key].files_forbidden


@pytest.mark.parametrize(("about", "is_shown"), [("me", False), ("friend", True), ("my_child", True)])
def test_form_shows_the_help_of_the_category_only_to_whom_first_aid_did_not_speak(about, is_shown):
    reporter = begun(first_aid.of_category("cyberbullying").number)
    reporter.tell(safety="safe")
    answer = reporter.answer(2, questions="about age", who=f"{about}:16_17")
    assert (answer.url == reporter.url("help_page")) == is_shown
    assert landed(reporter, answer)


@pytest.mark.parametrize(("about", "is_above"), [("me", False), ("friend", True)])
def test_help_above_a_question_is_not_repeated_after_first_aid(about, is_above):
    reporter = begun(first_aid.of_category("grooming").number).tell(safety="safe", about=about, age="16_17")
    assert reporter.draft.has_help_above == is_above


@pytest.mark.safety("H1")
def test_first_aid_is_reached_and_helps_while_the_form_is_closed(closed):
    client = Client()
    address = Reporter().url("first_aid_list")
    start, page = (main_of(client.get(one)) for one in (Reporter().url("start"), address))
    assert (f'href="{address}"' in start, "tidak bisa menerima laporan" in page) == (True, True)
    for aid in LISTED:
        text = main_of(client.get(Reporter().url("first_aid", number=aid.number)))
        assert (help_for(aid.key, aid.person, "id").lines[0] in text, "<form" in text) == (True, False), aid.key
        client.post(Reporter().url("first_aid", number=aid.number), headers=SAME_SITE)
    assert (dict(client.cookies), SealedSession.objects.count()) == ({}, 0)


def test_list_in_easier_words_leads_to_first_aid_and_a_report_in_them():
    page = main_of(the_list(query="?easy=1"))
    number = first_aid.of_category("cyberbullying").number
    assert f'{_address("cyberbullying", "id")}?easy=1">Dirundung</a>' in page
    assert f'{Reporter().url("first_aid", number=first_aid.UNSURE.number)}?easy=1"' in page
    assert escape(help_for("cyberbullying", "easy", "id").title) in shown(number, query="?easy=1").text
    assert begun(number, "?easy=1").draft.answers["easy"] == "yes"


@pytest.mark.parametrize("name", ["home", "helplines"])
def test_pages_for_readers_link_to_the_list(name):
    with override("id"):
        address = reverse(f"education:{name}")
    assert f'href="{Reporter().url("first_aid_list")}"' in Client().get(address).text
