"""The first page and its first aid: help after one tap, without a draft, a cookie or a trace on the server."""

import re

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils.html import escape

from education.help import help_for
from education.models import Guide, HelpBlock
from reports import priority
from reports.crypto.sealed_session import open_by_cookie
from reports.intake.draft import Draft
from reports.intake.first_aid import DANGERS, TILES, UNSURE
from reports.models import SealedSession
from reports.questions import SAFETY, signals
from reports.questions.category import category_behind
from safetycenter import memory
from tests import launch_content
from tests.reports.html import words_of

from .reporter import Reporter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
ON = "Lanjut melapor"
ALL = (*DANGERS, *TILES, UNSURE)
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def shown(number: int, language: str = "id", client=None):
    return (client or Client()).get(Reporter(language).url("first_aid", number=number))


def main_of(response) -> str:
    return response.text.split("<main", 1)[1].split("</main>")[0]


def begun(number: int, client=None, **data):
    client = client or Client()
    response = client.post(Reporter().url("first_aid", number=number), data, headers=SAME_SITE)
    return response, Draft(open_by_cookie(client.cookies["session"].value))


@pytest.mark.parametrize("aid", ALL, ids=[aid.key for aid in ALL])
def test_first_aid_writes_nothing_and_sets_no_cookie(aid, django_assert_max_num_queries):
    client = Client()
    response = shown(aid.number, client=client)
    assert (response.status_code, dict(client.cookies)) == (200, {})
    assert "no-store" in response.headers["Cache-Control"]
    assert not SealedSession.objects.exists()


@pytest.fixture
def closed(demo, monkeypatch):
    """The form is closed: a real site, on which nobody reads reports yet."""
    monkeypatch.setattr(site, "DEBUG", False)
    memory.clear()
    launch_content.load(for_search=False)


@pytest.mark.safety("H1")
@pytest.mark.parametrize("aid", ALL, ids=[aid.key for aid in ALL])
def test_first_aid_helps_while_the_form_is_closed(closed, aid):
    response = shown(aid.number)
    page = main_of(response)
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert re.search('href="(tel:|https://wa.me)', page)
    assert ("tidak bisa menerima laporan" in page, ON in page) == (True, False)


@pytest.mark.safety("H1")
@pytest.mark.parametrize("aid", ALL, ids=[aid.key for aid in ALL])
def test_closed_form_begins_no_draft_from_first_aid(closed, aid):
    response = Client().post(Reporter().url("first_aid", number=aid.number), headers=SAME_SITE)
    page = main_of(response)
    assert (response.status_code, dict(response.cookies), SealedSession.objects.count()) == (200, {}, 0)
    assert ("tidak bisa menerima laporan" in page, "<form" in page) == (True, False)


@pytest.mark.safety("H27")
@pytest.mark.parametrize("tile", TILES, ids=[tile.key for tile in TILES])
def test_first_aid_leads_to_its_guide_inside_the_fold(tile):
    launch_content.load(for_search=False)
    guide = Guide.objects.get(number=help_for(tile.key, "me").guide)
    fold = main_of(shown(tile.number)).partition("<summary>Bantuan lain")[2].split("</details>")[0]
    assert escape(guide.title_ind) in fold


def test_unknown_number_of_first_aid_is_not_found():
    assert shown(1).status_code == 404


@pytest.mark.safety("H9")
def test_nothing_outside_the_text_tells_which_first_aid_it_is():
    pages = [shown(aid.number).content.decode() for aid in TILES]
    assert len({re.search("<title>(.*?)</title>", page)[1] for page in pages}) == 1
    assert not re.search(r"sextortion|blackmail|offline_harm", "".join(pages))


def test_first_aid_says_what_editors_have_published():
    words = {"title_ind": "Telepon bank dulu, sekarang", "lines_ind": "Satu.\nDua.\nTiga."}
    HelpBlock.objects.create(name="money-me", block="money", person="me", number="money", state="published", **words)
    assert words["title_ind"] in shown(15).text
    assert "<li>Dua.</li>" in shown(15).text


def test_first_aid_for_money_says_what_to_have_at_hand():
    assert escape(help_for("bank_facts", "me", "id").lines[0]) in shown(15).text
    words = {"title_ind": "Catat ini dulu", "lines_ind": "Satu.\nDua.\nTiga."}
    HelpBlock.objects.create(name="f", block="bank_facts", person="me", number="money", state="published", **words)
    assert "<summary>Catat ini dulu</summary>" in shown(15).text


@pytest.mark.safety("H3", "H4")
@pytest.mark.parametrize("aid", [aid for aid in (*DANGERS, UNSURE) if not aid.is_own_life], ids=lambda aid: aid.key)
def test_pages_of_danger_say_what_editors_have_published(aid):
    words = {"title_ind": "Judul lain", "lines_ind": "Baris satu.\nBisa bicara?", "say_ind": "Kata lain."}
    block = f"safety_{aid.safety}"
    HelpBlock.objects.create(name=block, block=block, person="me", number="police", state="published", **words)
    page = main_of(shown(aid.number))
    places = [page.index(text) for text in ("Judul lain", "Baris satu", "Chat saja", "Bisa bicara?", "tel:110")]
    assert places == sorted(places)
    assert ("Kami tidak bisa mengirim orang" in page) == (aid is not UNSURE)


@pytest.mark.safety("H27")
@pytest.mark.parametrize("number", [14, 49])
def test_first_aid_for_pictures_names_each_tool_below_whom_it_is_for(number):
    launch_content.load(for_search=False)
    fold = main_of(shown(number, "en")).split("<summary>Is it your picture? Take It Down</summary>")[1]
    order = ["from before you turned 18?", "takeitdown.ncmec.org", "from when you were 18 or over?", "stopncii.org"]
    assert [fold.index(words) for words in order] == sorted(fold.index(words) for words in order)


@pytest.mark.safety("H27")
@pytest.mark.parametrize("number", [15, 16, 51])
def test_first_aid_about_something_else_names_no_tool_for_pictures(number):
    launch_content.load(for_search=False)
    page = shown(number).text
    assert 'class="helpline' in page
    assert not re.search("take it down|stopncii", page, re.IGNORECASE)


def test_first_aid_offers_the_guide_for_adults_only_beside_that_for_teens():
    launch_content.load(for_search=False)
    page = main_of(shown(14, "en"))
    assert page.index("/en/p/6/") < page.index("18 or over? <a") < page.index("/en/p/27/")


@pytest.mark.parametrize("tile", TILES, ids=[tile.key for tile in TILES])
def test_tile_begins_a_draft_with_its_category_and_no_answer_about_safety(tile):
    _response, draft = begun(tile.number)
    assert draft.answers == {"tile": tile.key, "category": category_behind(tile.key).slug}
    assert signals(draft.answers)["danger"] == signals({SAFETY.key: "unsure"})["danger"]
    assert priority.tier(draft.answers) <= priority.tier(draft.answers | {SAFETY.key: "unsure"})


def test_danger_begins_a_draft_with_that_answer():
    answers = [begun(aid.number)[1].answers for aid in (*DANGERS, UNSURE)]
    assert answers == [{"safety": aid.safety} for aid in (*DANGERS, UNSURE)]


def test_money_asks_about_safety_next():
    response, _draft = begun(next(tile for tile in TILES if tile.asks_safety).number)
    assert response.url == Reporter().url("step", number=0)


def test_draft_is_begun_by_this_site_only():
    client, address = Client(enforce_csrf_checks=True), Reporter().url("first_aid", number=14)
    page = client.post(address, headers={"Sec-Fetch-Site": "cross-site"})
    assert (page.status_code, SealedSession.objects.count()) == (200, 0)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    assert client.post(address, {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert client.post(address, {"csrfmiddlewaretoken": token}).status_code == 303


def test_first_aid_from_outside_begins_with_the_answers_of_danger():
    from_outside, from_start = (shown(number).content.decode() for number in (34, 14))
    urls = [Reporter().url("first_aid", number=aid.number) for aid in DANGERS]
    first = from_outside.split("<h1")[0]
    assert all(f'href="{url}"' in first for url in urls)
    assert urls[0] not in from_start.split("<main")[1]


@pytest.mark.safety("J3", "H11")
@pytest.mark.parametrize("aid", ALL, ids=[aid.key for aid in ALL])
def test_what_we_must_do_is_said_before_the_button(aid):
    page = shown(aid.number, "en").content.decode()
    line, details = "<summary>When a life is at risk, we must tell somebody", "<li>When a life is in danger, a child"
    traces = "Traces on this phone</a></p>\n</section>"
    assert page.index(line) < page.index(details) < page.index(traces)
    assert [page.count(part) for part in (line, details, traces)] == [1, 1, 1]
    button = "Go on and tell us" if aid.is_own_life else "Start the report"
    assert page.index("We don't know your name") < page.index(f'<button class="btn main">{button}')


@pytest.mark.parametrize("language", ["id", "en"])
def test_first_aid_is_three_lines_of_at_most_40_words(language):
    for tile in TILES:
        page = shown(tile.number, language).content.decode()
        lines = re.search(r'<ol class="steps brief aid">(.*?)</ol>', page, re.DOTALL)[1]
        needed, most = (4, 65) if tile.key == "blackmail" else (3, 40)
        assert lines.count("<li>") == needed
        assert len(re.sub("<[^>]+>", " ", lines).split()) <= most, tile.key


@pytest.mark.safety("H13", "H32")
def test_blackmailed_child_reads_in_the_open_what_helps_first():
    launch_content.load(for_search=False)
    page = re.sub("</summary>.*?</details>", "", main_of(shown(14, "en")), flags=re.DOTALL)
    order = ["This is not your fault", "You can stop now", "account name and link", "may notice", "report the account"]
    order += ["then block it", "Tell an adult you trust", "“Someone is blackmailing me", "When a life is at risk"]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    assert "Nobody can know for sure" not in page


@pytest.mark.parametrize("language", ["id", "en"])
def test_at_most_75_words_are_read_before_first_help(language):
    page = Client().get(Reporter(language).url("start")).content.decode()
    assert words_of(page) <= 75
