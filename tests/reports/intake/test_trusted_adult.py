"""Help to ask an adult: pages without draft, cookie or write, of which one shows a sentence and nothing else."""

import re

import pytest
from django.test import Client

from reports.intake.trusted_adult import NUMBER, NUMBERS, PRIVATE, SENTENCES
from reports.models import SealedSession
from tests.reports.followup.visitor import open_with, url

from .reporter import Reporter, page_of, press

pytestmark = [pytest.mark.django_db]
FIRST = SENTENCES[0].number


def shown(number: int, query: str = "", language: str = "id"):
    return Client().get(Reporter(language).url("first_aid", number=number) + query)


@pytest.mark.parametrize("number", sorted(NUMBERS))
def test_pages_for_an_adult_write_nothing_while_the_form_is_closed(number):
    response = shown(number)
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert "no-store" in response.headers["Cache-Control"]
    assert not SealedSession.objects.exists()


@pytest.mark.safety("H18")
def test_adult_to_choose_is_not_the_one_who_hurts(demo):
    assert "bukan orang yang menyakitimu" in shown(NUMBER).text


@pytest.mark.safety("H18")
def test_adult_to_choose_asks_for_no_secrets(demo):
    page = shown(NUMBER).text
    assert "Jangan pilih orang yang menyuruhmu merahasiakan sesuatu, walau dia baik kepadamu." in page
    assert "merasa aman" not in page  # a child who is groomed feels safe with that person


@pytest.mark.safety("H9")
def test_title_tells_nothing_of_the_adult(demo):
    titles = {re.search("<title>(.*?)</title>", shown(number).text)[1] for number in (*NUMBERS, 14)}
    assert len(titles) == 1


def test_large_sentence_is_alone(demo):
    page = shown(FIRST).text
    main = re.search("<main.*?</main>", page, re.DOTALL)[0]
    words = " ".join(re.sub("<[^>]+>", " ", main).split())
    assert words == "Tolong bantu aku. Ada kejadian di HP-ku dan aku takut. Tolong jangan marah. Kembali"


def test_way_back_is_the_step(demo):
    assert f'href="{Reporter().url("step", number=4)}"' in shown(NUMBER, "?to=4").text
    assert "?to=4" in shown(NUMBER, "?to=4").text
    assert "?to=4" in shown(FIRST, "?to=4").text


@pytest.mark.parametrize("given", ["x", "-1", "٣", "12345", "4/../../", ""])
def test_wrong_way_back_is_left_out(demo, given):
    assert "Kembali ke pertanyaan" not in shown(NUMBER, f"?to={given}").text


def test_asking_an_adult_keeps_what_was_typed(reporter):
    reporter.tell(about="me", category="cyberbullying", age="under_13")
    response = press(reporter, "words", "Dia jahat", adult="1")
    assert response.url.endswith(f"?to={reporter.draft.number_of('words')}")
    assert "Dia jahat" in page_of(reporter, "words")


def test_first_aid_links_the_adult(demo):
    assert Reporter().url("first_aid", number=NUMBER) in shown(14).text


@pytest.mark.safety("H6")
@pytest.mark.parametrize(("sign", "place"), [("c", "code"), ("d", "done"), ("m", "more")])
def test_link_of_a_page_after_sending_returns_to_it(reporter, sign, place):
    sent_in_easy_words(reporter, notes_code=place != "code")
    page = reporter.client.get(reporter.url(place)).text
    address = linked_adult(page)
    assert address.endswith(f"?to={sign}")
    assert_returns(reporter.client, address, reporter.url(place), from_sentence=sign not in PRIVATE)


@pytest.mark.safety("H6")
def test_link_of_the_visit_returns_to_it(file):
    visit = open_with(file(category="cyberbullying", age="under_13", easy="yes").receipt.code)
    page = visit.get(url("visit")).text
    assert_returns(visit, linked_adult(page), url("visit"), from_sentence=False)


def test_adult_page_without_sign_returns_to_the_start(demo):
    assert f'class="back" href="{Reporter().url("start")}">Kembali</a>' in shown(NUMBER).text


@pytest.mark.safety("H6")
@pytest.mark.parametrize("sign", PRIVATE)
def test_sentence_held_out_has_no_way_to_code_or_messages(demo, sign):
    assert "?to=" not in shown(NUMBER, f"?to={sign}").text.partition("<main")[2]
    assert "?to=" not in shown(FIRST, f"?to={sign}").text.partition("<main")[2]


def sent_in_easy_words(reporter, notes_code: bool) -> None:
    """Send the report of a child who reads easy sentences, and note its code."""
    reporter.tell(about="me", category="cyberbullying", age="under_13")
    press(reporter, "category", "cyberbullying", easy="1")
    reporter.tell(words="Mereka mengejek aku.")
    reporter.send()
    if notes_code:
        reporter.client.post(reporter.url("code"))


def linked_adult(page: str) -> str:
    """The address of the page about a grown-up that this page links."""
    return re.search(rf'href="({Reporter().url("first_aid", number=NUMBER)}[^"]*)"', page)[1]


def assert_returns(client, address: str, origin: str, from_sentence: bool) -> None:
    """Follow the link, and from there a sentence and its "Back"; only some pages may be reached from a sentence."""
    page = client.get(address).text
    assert f'class="back" href="{origin}">Kembali</a>' in page
    sentence = client.get(re.search(r'class="tile" href="([^"]+)"', page)[1]).text
    again = client.get(re.search(r'<a class="btn plain" href="([^"]+)">Kembali', sentence)[1]).text
    assert (f'class="back" href="{origin}"' in again) is from_sentence


def test_help_page_of_a_child_links_there_and_back(reporter):
    reporter.tell(about="me", category="cyberbullying", age="under_13")
    press(reporter, "category", "cyberbullying", easy="1")
    reporter.tell(category="account_abuse")
    page = reporter.client.get(reporter.url("help_page")).text
    back = re.search(rf'href="{Reporter().url("first_aid", number=NUMBER)}\?to=(\d+)"', page)
    assert back
    assert f'href="{Reporter().url("step", number=int(back[1]))}"' in shown(NUMBER, f"?to={back[1]}").text
