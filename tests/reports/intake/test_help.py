"""What a person in danger is shown inside the form and after it (H3, H4, H5, K3, K14, A3)."""

import itertools
import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from education.helplines.selection import wished
from education.models import Guide
from reports.intake import help_pages
from reports.intake.first_aid import DANGERS, TILES, UNSURE
from reports.intake.recommendations import help_for
from reports.models import Category
from tests import launch_content
from tests.cast import BULLIED
from tests.reports.intake.reporter import Reporter

pytestmark = pytest.mark.django_db
DANGER = ("danger", "self_harm", "other_in_danger", "unsure")
HELP = [name for name, _calls in help_pages.HELP_PAGES]
# When we act without asking, whom we tell and that the reporter hears first, and what we do not know (J3).
ACTING = {
    "id": (
        "Kalau ada nyawa terancam, kami harus memberi tahu orang lain.",
        ["nyawa", "anak", "anak lain"],
        ["polisi"],
        ["nama", "tempat"],
    ),
    "en": (
        "When a life is at risk, we must tell somebody.",
        ["life", "child", "other children"],
        ["police"],
        ["name", "where"],
    ),
}
LAW_OPEN = {
    "id": ["<h2>Kapan kami harus bertindak tanpa menunggu izinmu</h2>", "lebih dulu"],
    "en": ["<h2>When we must act without asking you</h2>", "tell you first"],
}
LEAVING = {"id": ["Keluar cepat", "riwayat"], "en": ["Quick exit", "history"]}
LIMIT = {"id": "ada di semua daerah", "en": "in every district"}


@pytest.fixture(autouse=True)
def demo(categories, in_demo, remembered):
    """The form is open, with the real helplines."""
    launch_content.load(for_search=False)


def main_of(response) -> str:
    """The page without its frame."""
    return response.content.decode().split("<main", 1)[1].split("</main>")[0]


def safety_page(answer: str, language: str = "id") -> str:
    """The page after an answer to "Are you safe right now?"."""
    reporter = Reporter(language)
    return main_of(reporter.client.post(reporter.url("ask_safety"), {"safety": answer}, follow=True))


def after_the_first_answer(language: str) -> dict[str, str]:
    """Each page after an answer of the first page."""
    reporter, numbers = Reporter(language), [aid.number for aid in (*DANGERS, *TILES, UNSURE)]
    urls = [reporter.url("ask_safety"), *(reporter.url("first_aid", number=number) for number in numbers)]
    pages = {url: main_of(reporter.client.get(url)) for url in urls}
    return pages | {"safe": safety_page("safe", language)}


def way_on(page: str) -> int:
    """Where the page has the first button that answers or goes on."""
    return min(place for button in ('class="btn main"', 'class="choice sends"') if (place := page.find(button)) > 0)


def help_page(name: str, language: str = "id", mine: bool = False, **answers) -> str:
    """A page of help inside the form, without its frame."""
    nobody = {"topics": [], "audiences": [], "apps": []}
    context = {
        "answers": answers,
        "mine": mine,
        "minor": True,
        "guides": nobody,
        "onward": 3,
        "csrf_token": "token",
        "mark": name,
    }
    context |= help_pages.text_of(name, answers)
    request = RequestFactory().get("/")
    request.seconds_left, request.minutes_left, request.ends_soon_at = 1200, None, None
    with translation.override(language):
        page = render_to_string(f"reports/intake/help/{name}.html", context, request)
    return page.split("<main", 1)[1].split("</main>")[0]


def last_page(**answers) -> str:
    """The page after sending a report with these answers."""
    reporter = Reporter()
    reporter.begin(answers.pop("safety", "safe"))
    reporter.tell(**{key: value for key, value in (BULLIED | answers).items() if key != "safety"}).send()
    reporter.client.post(reporter.url("code"))
    return main_of(reporter.client.get(reporter.url("done")))


def named(page: str) -> list[str]:
    """The names on the cards of a page."""
    return re.findall(r"<h3>(.*?)</h3>", page)


def told(category: str, **answers) -> dict:
    """What the last page is given for a report."""
    answers = {"safety": "safe", "about": "me", "category": category} | answers
    return help_for(Category.objects.get(pk=category), answers)


@pytest.mark.sampled(2)
@pytest.mark.safety("H3")
@pytest.mark.parametrize("language", ["id", "en"])
def test_112_has_its_limit_and_no_call_tracing_claim(language):
    pages = {name: safety_page(name, language) for name in DANGER} | {name: help_page(name, language) for name in HELP}
    without_limit = [n for n, page in pages.items() if re.search(r"\b112\b", page) and LIMIT[language] not in page]
    assert without_limit == []
    assert not re.search(r"prank|iseng|dilacak|terlacak|traced", "".join(pages.values()), re.IGNORECASE)


@pytest.mark.safety("H4")
def test_life_help_comes_in_saving_order():
    page = safety_page("self_harm", "en")
    order = [
        "Ask someone you trust to stay with you",
        "Move away",
        "emergency room",
        "tel:119",
        "Contact two services",
        "healing119.id",
    ]
    order += ["We cannot send anyone", ">While you wait<", "Come back here tomorrow", "Go on and tell us"]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)


@pytest.mark.safety("H3")
def test_just_chat_heading_has_no_phone_numbers():
    for answer in DANGER:
        chat = safety_page(answer).split("Tidak bisa bicara? Chat saja")[1].split("<h2>")[0]
        assert ("wa.me" in chat, "tel:" in chat) == (True, False), answer


def test_who_did_it_finds_the_service_that_the_text_names():
    for name in ("at_home", "meeting", "tracked"):
        page = help_page(name, about="my_own_doing", category="offline_harm")
        assert ("Hubungi layanan di bawah" in page, "healing119.id" in page, "tel:110" in page) == (True, True, False)


def test_stolen_account_is_shown_the_official_way_back():
    page = help_page("category", about="me", category="account_abuse")
    assert (
        page.index("Dia bisa tahu")
        < page.index("<summary>Cara resmi mengambil kembali akunmu")
        < page.index("instagram.com/hacked")
    )
    assert "instagram.com/hacked" not in help_page("category", about="friend", category="account_abuse")


@pytest.mark.sampled(2)
@pytest.mark.safety("J3")
@pytest.mark.parametrize("language", ["id", "en"])
def test_when_we_must_act_is_said_before_the_first_question(language):
    for answer, page in after_the_first_answer(language).items():
        line = page.index(f"<summary>{ACTING[language][0]}")
        fold = page[line:].split("</details>")[0]
        lines = fold.split("<li>")[1:]
        assert len(lines) == 3, answer
        for words, detail in zip(ACTING[language][1:], lines, strict=True):
            assert all(word in detail for word in words), answer
        assert line < way_on(page), answer


@pytest.mark.safety("J3", "H15")
@pytest.mark.parametrize("language", ["id", "en"])
def test_who_did_something_reads_the_law_openly_and_no_advice_on_deleting(language):
    for answers in ({"age": "13_15"}, {"age": "adult"}):
        page = help_page("own_doing", language, about="my_own_doing", category="ncii", **answers)
        opened = re.sub('<details.*?</details>|<p class="trace">.*?</p>', "", page, flags=re.DOTALL)
        assert all(word in opened for word in [*LAW_OPEN[language], *ACTING[language][2]])
        assert not re.search(
            r"APIK|SAFEnet|hukum, gratis|free of charge|menghapusnya|hapus gambar|delete it|delete the picture", opened
        )


@pytest.mark.sampled(2)
@pytest.mark.safety("H11")
@pytest.mark.parametrize("language", ["id", "en"])
def test_start_page_says_what_quick_exit_leaves(language):
    with translation.override(language):
        link = f'<a href="{reverse("education:traces")}">'
    for answer, page in after_the_first_answer(language).items():
        line = page.split(link)[0].rpartition("<p>")[2]
        assert all(word in line for word in LEAVING[language]), answer
        assert page.index(link) < way_on(page), answer


@pytest.mark.sampled(2)
@pytest.mark.safety("K14")
@pytest.mark.parametrize("name", ["danger", "other_in_danger"])
def test_in_danger_the_police_come_before_112(name):
    page = safety_page(name)
    assert page.index("wa.me/628111129129") < page.index("tel:110") < page.index("tel:112")


@pytest.mark.slow
def test_stalking_help_advises_another_phone_first():
    reporter = Reporter()
    reporter.begin()
    reporter.tell(about="me")
    number = reporter.draft.number_of("category")
    answer = reporter.answer(number, question="category", answer="threats_stalking")
    assert answer.url == reporter.url("help_page")
    assert "Pakai ponsel atau komputer lain" in main_of(reporter.client.get(answer.url))


@pytest.mark.safety("H15")
def test_accused_reporter_is_offered_legal_aid_not_police():
    page = help_page("legal")
    assert page.index("pendamping hukum") < page.index("SAFEnet") < page.index("SAPA 129")
    assert page.index("<summary>Bantuan hukum untuk perempuan") < page.index("LBH APIK")
    assert "tel:110" not in page


@pytest.mark.safety("H15")
def test_adult_in_a_picture_reads_for_whom_legal_aid_is():
    page = help_page("own_image_adult", age="adult")
    assert page.index("SAFEnet") < page.index("<h3>Bantuan hukum untuk perempuan</h3>") < page.index("LBH APIK")


@pytest.mark.safety("K6", "J9")
def test_csam_witness_chooses_who_forwards_it():
    page = help_page("link_only")
    assert page.index("IWF") < page.index("<h3>2.")
    assert "Jangan cari lagi" in page.split("<h2>")[0]


def test_unknown_age_is_offered_both_removal_tools():
    assert "stopncii.org" in help_page("own_image_minor")
    assert "stopncii.org" not in help_page("own_image_minor", age="13_15")


@pytest.mark.safety("H5")
def test_blackmail_page_shows_life_help_first_and_once():
    page = last_page(category="sextortion", age="13_15", whose_picture="me", words="dia minta uang")
    assert page.index("Kalau kamu terpikir menyakiti diri") < page.index("Take It Down")
    assert len(named(page)) == len(set(named(page)))
    for way in ('tel:119"', 'tel:112"', 'tel:119,8"', "wa.me/628111129129"):
        assert page.count(way) == 1


@pytest.mark.sampled(3)
@pytest.mark.parametrize("category", ["sexual_harassment", "ncii", "threats_stalking"])
def test_child_is_not_sent_to_services_for_adults(category):
    names = named(last_page(category=category, age="13_15", words="Dia mengikutiku."))
    assert "SAPA 129 (Sahabat Perempuan dan Anak)" in names
    assert not {"Komnas Perempuan", "StopNCII.org", "SAFEnet"} & set(names)


@pytest.mark.slow
def test_adult_is_sent_there():
    names = named(last_page(category="sexual_harassment", age="adult", words="Dia kirim gambar."))
    assert "Komnas Perempuan" in names


@pytest.mark.slow
@pytest.mark.parametrize("category", ["ncii", "cyberbullying"])
def test_own_picture_brings_what_contains_it_at_that_age(category):
    for answers, fit, unfit in (
        ({"age": "13_15"}, "takeitdown", "stopncii"),
        ({}, "takeitdown", "stopncii"),
        ({"age": "adult", "picture_minor": "no"}, "stopncii", "takeitdown"),
    ):
        keys = wished(told(category, own_image="yes", whose_picture="me", **answers)["lines"])
        assert (keys[0], unfit in keys) == (fit, False), answers


def test_grown_up_in_a_picture_from_before_18_gets_one_tool():
    keys = wished(told("ncii", age="adult", whose_picture="me", picture_minor="yes")["lines"])
    assert {"takeitdown", "stopncii"} & set(keys) == {"takeitdown"}


def test_button_of_one_app_is_only_for_what_happened_there():
    platforms = ("tiktok", "instagram", None)
    shown = {name: "tiktok-report" in wished(told("cyberbullying", platform=name)["lines"]) for name in platforms}
    assert shown == {"tiktok": True, "instagram": False, None: False}


def test_in_danger_the_police_lead_and_otherwise_they_come_last():
    assert wished(told("threats_stalking", safety="danger")["lines"])[0] == "polri-110"
    assert wished(told("threats_stalking")["lines"])[-1] == "polri-110"


@pytest.mark.safety("H16")
def test_scam_page_starts_with_bank_and_anti_scam_centre():
    page = last_page(category="scam", money_sent="yes_24h", age="adult", platform="tiktok", words="Uangku hilang.")
    assert page.index("Telepon bank") < page.index("IASC") < page.index("Layanan Polisi 110")
    assert not any("TikTok" in name for name in named(page))


def test_help_pages_fit_the_reader():
    for answers, audience in (
        ({"age": "13_15"}, "teens"),
        ({}, "teens"),
        ({"age": "under_13", "about": "my_child"}, "parents"),
        ({"age": "16_17", "about": "my_student"}, "educators"),
        ({"age": "adult"}, ""),
    ):
        assert told("cyberbullying", **answers)["audience"] == audience, answers


def test_parent_is_not_told_that_the_parents_life_is_meant():
    page = last_page(about="my_child", category="sextortion", age="13_15", words="Anakku diancam.")
    assert "Kalau ada yang terpikir menyakiti diri" in page
    assert "Kalau kamu terpikir menyakiti diri" not in page


def test_words_about_dying_bring_the_block_whatever_the_category():
    assert told("cyberbullying", risk="yes")["life"]
    assert told("cyberbullying", safety="self_harm")["mine"]
    assert not told("cyberbullying")["life"]


@pytest.mark.slow
def test_without_guides_there_is_no_heading_for_them():
    page = last_page(category="account_abuse", words="Akunku dibajak.")
    guides = page.split("Panduan yang mungkin membantu")
    assert len(guides) == 1 or guides[1].lstrip().startswith("</h2>\n  <ul")


def test_no_page_of_the_form_leads_away_to_tell_of_a_dead_number():
    someone = Reporter()
    someone.begin(safety="self_harm")
    page = someone.client.get(someone.url("step", number=1)).content.decode()
    assert "healing119.id" in page
    assert 'name="line"' not in page


def test_two_numbers_beside_each_other_say_whose_they_are():
    someone = Reporter()
    someone.begin(safety="self_harm")
    page = someone.client.get(someone.url("step", number=1)).content.decode()
    numbers = page.split(' small"', 1)[1].split("</div>", 1)[0]
    assert "Darurat medis" in numbers
    assert "Panggilan Darurat" in numbers


def test_csam_witness_is_told_not_to_look_again():
    reporter = Reporter()
    reporter.begin()
    reporter.tell(about="stranger", category="csam", account_or_link="@akun").send()
    reporter.client.post(reporter.url("code"))
    page = main_of(reporter.client.get(reporter.url("done")))
    assert "Jangan cari lagi" in page
    assert "Melihatnya bisa mengguncang" in page
    assert "takeitdown" not in page
    assert "/p/6/" not in page


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", pytest.param("en", marks=pytest.mark.slow)])
def test_headings_of_a_help_page_skip_no_level(language):
    for name, answers in itertools.product(HELP, ({"category": "sextortion"}, {"age": "adult"})):
        page = help_page(name, language, mine=True, **answers)
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        assert levels[0] == 1, name
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), name


LINKED = {
    "sextortion": (6, 27),
    "money": (9, 33),
    "sexual_harassment": (42, 21),
}  # the guide for teens, that for adults


@pytest.mark.parametrize("age", ["under_13", "13_15", "16_17", "adult"])
@pytest.mark.parametrize("matter", LINKED)
def test_help_links_the_guide_for_the_age_that_was_told(matter, age):
    name, category = ("money", "scam") if matter == "money" else ("category", matter)
    page = help_page(name, "en", about="me", category=category, age=age)
    teens, adults = (f"/{number}/" in page or guide_slug(number) in page for number in LINKED[matter])
    assert (teens, adults) == ((False, True) if age == "adult" else (True, False))


def guide_slug(number: int) -> str:
    return f"/{Guide.objects.get(number=number).slug_en}/"


@pytest.mark.safety("H27")
@pytest.mark.parametrize(
    ("answers", "tools"),
    [
        ({"about": "me", "age": "13_15"}, {"takeitdown"}),
        ({"about": "me", "age": "adult"}, {"takeitdown", "stopncii"}),
        ({"about": "friend", "age": "13_15"}, set()),
        ({"about": "my_own_doing", "age": "13_15"}, set()),
    ],
)
def test_tool_for_pictures_is_named_before_sending_to_whom_it_happened(answers, tools):
    for category in ("sextortion", "ncii"):
        page = help_page("category", category=category, **answers)
        assert {tool for tool in ("takeitdown", "stopncii") if f"{tool}." in page} == tools


@pytest.mark.parametrize(("query", "again"), [("", []), ("?easy=1", ["category:unsure"])])
def test_who_began_unsure_reads_that_help_once(query, again):
    """The page of first aid has no easier words, so those come later."""
    reporter = Reporter()
    address = reporter.url("first_aid", number=UNSURE.number) + query
    reporter.client.post(address, headers={"Sec-Fetch-Site": "same-origin"})
    reporter.tell(about="me", age="under_13", category="unsure").leave_help()
    assert reporter.draft.session.data["shown"] == again
