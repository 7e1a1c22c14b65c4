"""A search for a child, a student or a friend is answered as such, and no spelling hides an alarm (H4, H5)."""

import pytest

from education.models import Synonym
from education.search import find

HARMED = {
    "id": [
        *("anak saya dilecehkan", "anakku korban pelecehan", "pelecehan anak", "anak saya dicabuli"),
        *("anak saya diperas", "anak saya kirim foto telanjang", "putri saya di perkosa"),
    ],
    "en": ["my child was abused", "my child sexually abused", "my kid was abused", "my daughter sent nudes"],
}


@pytest.fixture
def above(client, there, starter):
    """``above("pengen mati")``: the page that answers, down to its form."""

    def ask(text, language="id"):
        page = client.post(there("education:search", language=language), {"q": text}).text
        return page.split("<main")[1].split('role="search"')[0]

    return ask


@pytest.mark.sampled(2)
@pytest.mark.parametrize("typed", ["pengen mati", "teman saya mau bunuh diri"])
def test_suicide_search_shows_help_for_others_above_results(above, typed):
    page = above(typed)
    line, steps = page.index('href="/id/p/12/#s7"'), page.index('class="steps brief"')
    assert line < steps
    assert "a friend of yours" in page[line:steps] or "temanmu" in page[line:steps]


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["anak saya mau bunuh diri", "siswa saya pengen mati"])
def test_suicide_search_addresses_parents_and_teachers(above, typed):
    line = above(typed).split('href="/id/p/12/#s7"')[1].split("</a>")[0]
    assert "your pupil" in line or "murid Anda" in line


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "heading"), [("id", "Kalau ini tentang temanmu"), ("en", "If this is about your friend")]
)
def test_line_leads_to_the_part_for_a_friend(client, starter, language, heading):
    page = client.get(f"/{language}/p/12/", follow=True).text
    assert page.split('<h2 id="s7">')[1].startswith(heading)


@pytest.mark.slow
@pytest.mark.parametrize("language", HARMED)
def test_harm_search_of_a_parent_pins_the_parents_guide(above, language):
    for typed in HARMED[language]:
        answer = find(typed, language)
        assert answer.results[0].item.number == 16, typed
        assert answer.hurt, typed
        assert answer.carer, typed
        page = above(typed, language)
        order = [page.index(part) for part in ("tel:129", "tel:110", f"/{language}/p/16/")]
        assert order == sorted(order), typed


@pytest.mark.sampled(5)
@pytest.mark.parametrize("typed", ["my kid", "anak saya main game terus", "foto telanjang", "dilecehkan", "anak saya"])
def test_child_alone_or_harm_alone_shows_no_alarm(starter, typed):
    assert not find(typed, "id").hurt
    assert not find(typed, "en").hurt


def test_search_of_a_hurt_child_addresses_the_child(starter):
    answer = find("dipukul ayah", "id")
    assert answer.hurt
    assert not answer.carer


def test_teacher_finds_the_protocol_of_the_school_first(starter):
    assert find("murid saya dilecehkan", "id").results[0].item.number == 18


@pytest.mark.slow
def test_phrase_that_editors_taught_hides_no_carer_inside_it(starter):
    Synonym.objects.create(language="id", typed="anak saya diperas", means="diancam", first="6")
    Synonym.objects.first().save()
    answer = find("anak saya diperas", "id")
    assert (answer.hurt, answer.carer) == (True, True)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("typed", ["di perkosa", "ayah tiri pegang pegang", "guru pegang-pegang", "dipegang pegang om"])
def test_reduplicated_words_hide_no_alert(starter, typed):
    assert find(typed, "id").hurt


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_typo_hides_no_alert(starter, language):
    assert find("suicde", language).crisis


CONTACTED = {
    "id": ["anak saya chat dengan orang dewasa", "anak saya didekati orang dewasa", "orang dewasa mendekati anak saya"],
    "en": ["my child is talking to an adult online", "my daughter chats with an older man"],
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", CONTACTED)
def test_search_leads_a_parent_of_a_groomed_child_to_their_guide(starter, language):
    assert [find(typed, language).results[0].item.number for typed in CONTACTED[language]] == [38] * len(
        CONTACTED[language]
    )


def test_grooming_search_of_a_parent_shows_no_scam_centre(client, there, starter):
    page = client.post(there("education:search"), {"q": "anak saya chat dengan orang dewasa"})
    assert next(entry.helpline.slug for entry in page.context["cards"]) == "sapa-129"
    assert "iasc" not in [entry.helpline.slug for entry in page.context["cards"]]


def test_search_shows_danger_when_a_child_will_meet_a_stranger(starter):
    assert find("anak saya mau ketemu kenalan online", "id").hurt


@pytest.mark.slow
def test_search_does_not_repair_chatting_into_self_harm(starter):
    assert not find("anak saya chatting sama orang asing", "id").crisis
