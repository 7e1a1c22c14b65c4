"""A search by a person in danger shows help first, and stores nothing that was typed (H4, H5, H9)."""

import pytest
from django.core.exceptions import ValidationError

from education.models import Helpline, Synonym
from education.search import find
from education.urls_for import anchor_of

LIFE = {
    "id": [
        "pengen mati aja",
        "lelah hidup",
        "gamau hidup",
        "cara mati cepat",
        "nyayat",
        "gak kuat lagi",
        "how to die",
        "ingin mengakhiri hidupnya",
        "loncat dari gedung",
        "menyakiti dirinya",
        "takut dia nekat",
    ],
    "en": [
        *("want to die", "how to die", "i give up", "nobody would miss me", "cutting", "bunuh diri"),
        *("she wants to kill herself", "my son wants to kill himself", "he tried to kill himself"),
        *("my student wants to end his life", "my friend is going to hurt himself", "she hurts herself"),
    ],
}
HURT = {
    "id": [
        "dipukul ayah",
        "diperkosa",
        "disekap",
        "ayah tiri",
        "kdrt",
        "diculik",
        "kabur dari rumah",
        "my dad hits me",
        "open bo",
        "jual diri",
        "dijual pacar",
        "dia mau bunuh aku",
        "dia mau membunuhku",
        "diancam bunuh",
    ],
    "en": [
        "sold for sex",
        "my pimp",
        "my dad hits me",
        "raped",
        "locked in",
        "stepfather",
        "kidnapped",
        "dipukul ayah",
        "he threatened to kill me",
        "death threats",
    ],
}
HARMLESS = [
    "sakit kepala",
    "jam pukul 20.00",
    "pukul berapa",
    "hamil",
    "tanda kurung",
    "mati lampu",
    "gimana cara lapor",
    "kill the app",
    "kill it on stage",
    "biaya hidupnya",
    "lompat dari kereta game",
    "end his live stream",
]


@pytest.fixture
def ask(client, there, starter):
    """``ask("pengen mati")``: the page that answers."""
    return lambda text, language="id": client.post(there("education:search", language=language), {"q": text}).text


def main(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


@pytest.mark.sampled(2)
@pytest.mark.safety("H5")
@pytest.mark.parametrize("language", LIFE)
def test_suicide_search_shows_the_life_block_first(ask, language):
    said = {
        "id": [
            "tidak baik-baik saja",
            "Menjauh dari",
            "Kami tidak bisa mengirim orang",
            "Sambil menunggu",
            "Besok",
        ],
        "en": ["I'm not okay", "Move away from", "We cannot send anyone", "While you wait", "tomorrow"],
    }[language]
    for text in LIFE[language]:
        before = main(ask(text, language)).split('role="search"')[0]
        assert [part for part in said if part not in before] == [], text
        assert before.index("healing119.id") < before.index("tel:119,8"), text


@pytest.mark.slow
@pytest.mark.parametrize("language", LIFE)
def test_guide_for_dark_thoughts_stands_first(ask, language):
    for text in LIFE[language]:
        results = main(ask(text, language)).split('class="results"')[1]
        assert f'href="/{language}/p/12/"' in results.split("</li>")[0], text


@pytest.mark.slow
def test_filter_does_not_take_the_guide_for_dark_thoughts_away(starter):
    assert find("pengen mati", "id", topic="scams").results[0].item.number == 12


@pytest.mark.slow
@pytest.mark.parametrize("language", HURT)
def test_being_hurt_shows_who_helps_before_the_results(ask, language):
    kind, form = {"id": ("Ini bukan salahmu", "/id/lapor/"), "en": ("It is not your fault", "/en/report/")}[language]
    for text in HURT[language]:
        before = main(ask(text, language)).split('role="search"')[0]
        order = [before.index(part) for part in (kind, "wa.me/628111129129", "tel:129", "tel:110", form)]
        assert order == sorted(order), text


@pytest.mark.slow
def test_harmless_similar_words_show_no_alert(ask):
    for text in HARMLESS:
        before = main(ask(text)).split('role="search"')[0]
        assert "tel:110" not in before, text
        assert "healing119" not in before, text


def test_title_and_the_log_say_nothing_of_an_alarm(ask, caplog):
    for text in ("pengen mati rahasiaku", "dipukul ayah rahasiaku"):
        assert text.split()[0] not in ask(text).split("</title>")[0]
    assert "rahasiaku" not in caplog.text


def test_rate_limited_search_still_shows_alerts(ask, monkeypatch):
    monkeypatch.setattr("safetycenter.limits.Limit.hit", lambda *_args: False)
    assert "healing119.id" in main(ask("gak kuat lagi")).split('role="search"')[0]
    assert "tel:110" in main(ask("diperkosa")).split('role="search"')[0]


def test_editor_takes_a_word_out_of_the_alarms(starter):
    assert find("diperkosa", "id").hurt
    Synonym.objects.filter(hurt=True).update(hurt=False)
    Synonym.objects.first().save()
    assert not find("diperkosa", "id").hurt


PLACES = {
    "nomor darurat": "/id/darurat/",
    "hotline": "/id/bantuan/",
    "nomor bantuan": "/id/bantuan/",
    "curhat": "/id/bantuan/",
    "narkoba": "/id/bantuan/",
    "dilaporkan": "/id/dilaporkan/",
    "kenapa akunku dilaporkan": "/id/dilaporkan/",
    "diculik": "/id/darurat/",
    "hamil": "/id/bantuan/#{sapa-129}",
    "kuis": "/id/coba/",
    "aksesibilitas": "/id/aksesibilitas/",
}


@pytest.mark.slow
def test_pages_that_are_no_guide_stand_first_for_their_words(ask):
    sapa = anchor_of(Helpline.objects.get(slug="sapa-129"))
    for text, place in PLACES.items():
        address = place.replace("{sapa-129}", sapa)
        first = main(ask(text)).split('class="results"')[1].split("</li>")[0]
        assert f'href="{address}"' in first, text


NAMED = {
    "sapa 129": "sapa-129",
    "129": "sapa-129",
    "kpai": "kpai",
    "nomor kpai": "kpai",
    "healing119": "healing119",
    "stopncii": "stopncii",
    "safenet": "safenet",
    "iasc": "iasc",
}


@pytest.mark.sampled(5)
@pytest.mark.parametrize("typed", NAMED)
def test_helpline_searched_by_name_is_first(ask, typed):
    place = f"#{anchor_of(Helpline.objects.get(slug=NAMED[typed]))}"
    page = main(ask(typed))
    assert place in page.split('class="results"')[1].split("</li>")[0]
    assert Helpline.objects.get(slug=NAMED[typed]).text("name", "id") in page.split("<aside")[1].split("<article")[1]


@pytest.mark.slow
def test_beside_the_results_there_is_always_a_number(ask):
    for typed in ("kpai", "tiktok", "pp tunas", "qqqqzzzz"):
        aside = main(ask(typed)).split("<aside")[1].split("</aside>")[0]
        assert "tel:" in aside or "wa.me" in aside, typed


@pytest.mark.slow
def test_report_search_does_not_pin_reported_page(starter):
    firsts = [find(text, "id").results[0].item for text in ("cara lapor", "laporan", "melaporkan akun")]
    assert "if-you-were-reported" not in [getattr(item, "key", "") for item in firsts]


@pytest.mark.slow
def test_stop_words_inside_a_phrase_do_not_hide_it(starter):
    Synonym.objects.create(language="id", typed="paman galak", means="paman", first="emergency", hurt=True)
    assert find("paman saya yang galak", "id").hurt
    assert find("paman saya yang galak", "id").results[0].list_page == "emergency"
    assert not find("paman di pasar galak", "id").hurt


@pytest.mark.parametrize("first", ["999", "nowhere", "emergency, 999"])
def test_synonym_that_leads_nowhere_is_refused(db, first):
    with pytest.raises(ValidationError):
        Synonym(language="id", typed="x", means="x", first=first).full_clean()


@pytest.mark.slow
def test_on_a_phone_the_helplines_come_after_the_first_results(ask):
    page = main(ask("penipuan"))
    first, rest = page.index("<ol"), page.index('start="4"')
    assert first < page.index('aria-labelledby="helplines"') < rest


@pytest.mark.slow
def test_three_short_cards_leave_room_for_the_other_results(ask):
    aside = main(ask("penipuan")).split("<aside")[1].split("</aside>")[0]
    assert aside.count("<article") == 3
    assert 'href="/id/bantuan/"' in aside
