"""Help to ask an adult: pages without draft, cookie or write, of which one shows a sentence and nothing else."""

import re

import pytest
from django.test import Client

from reports.intake.trusted_adult import NUMBER, NUMBERS, SENTENCES
from reports.models import SealedSession

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


def test_large_sentence_stands_alone(demo):
    page = shown(FIRST).text
    main = re.search("<main.*?</main>", page, re.DOTALL)[0]
    words = " ".join(re.sub("<[^>]+>", " ", main).split())
    assert words == "Tolong bantu aku. Ada kejadian di HP-ku dan aku takut. Tolong jangan marah. Kembali"


def test_way_back_leads_to_the_step(demo):
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


def test_first_aid_leads_to_the_adult(demo):
    assert Reporter().url("first_aid", number=NUMBER) in shown(14).text


@pytest.mark.parametrize(("sign", "name"), [("c", "code"), ("d", "done"), ("m", "more"), ("v", "visit"), ("", "start")])
def test_way_back_leads_to_the_page_that_the_child_came_from(demo, sign, name):
    page = shown(NUMBER, f"?to={sign}").text
    assert f'class="back" href="{Reporter().url(name)}">Kembali</a>' in page
    assert ("?to=" in page.split("<main")[1]) is bool(sign)


def test_help_page_of_a_child_leads_there_and_back(reporter):
    reporter.tell(about="me", category="cyberbullying", age="under_13")
    press(reporter, "category", "cyberbullying", easy="1")
    reporter.tell(category="account_abuse")
    page = reporter.client.get(reporter.url("help_page")).text
    back = re.search(rf'href="{Reporter().url("first_aid", number=NUMBER)}\?to=(\d+)"', page)
    assert back
    assert f'href="{Reporter().url("step", number=int(back[1]))}"' in shown(NUMBER, f"?to={back[1]}").text
