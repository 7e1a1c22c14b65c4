"""Every claim of a guide has a source: laws, dates, waiting times, steps in an app, named services."""

import re
from collections import defaultdict

import pytest
from django.utils.translation import gettext, override

from education.models import Channel, Helpline
from education.rendering.phone_links import linker_of
from education.starter import files

GUIDES = {guide["number"]: guide for guide in files.items("guides")}
LINES = {line["slug"]: line for line in files.items("helplines")}
CHAT = "08111-129-129"
FIXED = {slug for slug, line in LINES.items() if line["emergency"]}
# Text of a guide: what its sources must name, or the helpline whose row has the source.
CLAIMS = {
    r"UU TPKS": (r"peraturan\.info|kompas\.com/read/2022/04/12|wahananews|parapuan", ""),
    r"28 Maret 2026": (r"idxchannel|jpnn", ""),
    r"Akun dibagi menurut umur|Umur anak dan akunnya": (r"infotren24|teropongmedia", ""),
    r"Undang-Undang Pelindungan Data": (r"wikisource", ""),
    r"[Mm]emblokir bisa menyembunyikan": (r"safechildguide", ""),
    r"[Mm]embayar tidak menghapus": (r"prnewswire", ""),
    r"12–24 jam": (r"finance\.detik", ""),
    r"3 jam 45 menit": (r"murianetwork", ""),
    r"60 menit sehari": (r"nextren", ""),
    r"Time Away": (r"katadata", ""),
    r"Pindai kode": (r"support\.tiktok", ""),
    r"penyaring katanya": (r"youth-portal", ""),
    r"Disrupting Harm": (r"respect\.international", ""),
    r"StopNCII": (r"stopncii", "stopncii"),
    r"Take It Down": (r"wtap|talkheart2heart", "takeitdown"),
    r"JakCare": (r"emitennews", "jakcare"),
    r"SAFEnet": (r"suara\.com/tekno|awaskbgo", "safenet"),
    r"LBH APIK": (r"taulebih", "lbh-apik"),
    r"Komnas Perempuan": (r"tempo\.co", "komnas-perempuan"),
    r"KPAI": (r"idntimes", "kpai"),
    r"IASC": (r"iasc\.ojk|validnews", "iasc"),
    r"portal IWF": (r"iwf\.org", "iwf-id"),
    r"\b157\b": (r"iasc\.ojk|fajar|suara", "ojk-157"),
    r"0811-1001-5080": (r"indonesiadiscover", "judol-wa"),
}
DATED = re.compile(r"(\d{1,2} )?((Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) )?20\d\d|")


def said(guide: dict) -> str:
    texts = guide["id"]
    return " ".join([texts["short_answer"], *texts["checklist"], texts["body"]])


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_comes_with_its_source(claim):
    source, line = CLAIMS[claim]
    speaking = {number: guide for number, guide in GUIDES.items() if re.search(claim, said(guide))}
    assert speaking, "no guide says this any more: take the line out"
    without = [
        number
        for number, guide in speaking.items()
        if line not in guide["helplines"] and not re.search(source, " ".join(s["url"] for s in guide["sources"]))
    ]
    assert without == []


@pytest.mark.parametrize("number", GUIDES)
def test_a_source_says_in_both_languages_what_it_supports_and_shows_its_own_date(number):
    for source in GUIDES[number]["sources"]:
        assert source["url"].startswith("https://")
        assert all(source[field] for field in ("publisher", "title_id", "title_en"))
        assert DATED.fullmatch(source["dated"]), source


def sources():
    for kind in ("guides", "news", "pages"):
        yield from (source for item in files.items(kind) for source in item.get("sources", []))


def test_one_address_has_one_publisher_and_one_date_everywhere():
    said = defaultdict(set)
    for source in sources():
        said[source["url"]].add((source["publisher"], source["dated"]))
    assert {address: names for address, names in said.items() if len(names) > 1} == {}


def test_a_publisher_is_a_name_and_nothing_in_a_language():
    odd = re.compile(r" / |\b(dari|from|via|lewat|pendiri|founder)\b")
    assert [source["publisher"] for source in sources() if odd.search(source["publisher"])] == []


def test_a_link_to_raw_data_says_so():
    raw = [source for source in sources() if re.search(r"/api/|\.json", source["url"])]
    assert [source["url"] for source in raw if "data mentah" not in source.get("title_id", "")] == []


@pytest.mark.parametrize("number", [7, 16, 20, 26])
def test_the_portal_of_2020_is_never_promised(number):
    doubts = {
        "id": r"[Bb]elum kami pastikan (portal itu )?masih bisa dibuka",
        "en": r"not confirmed that it still works",
    }
    assert all(re.search(doubt, GUIDES[number][language]["body"]) for language, doubt in doubts.items())


def test_a_helpline_that_is_named_active_has_a_source():
    assert [slug for slug, line in LINES.items() if line["status"] == "active" and not line["source_url"]] == []


@pytest.mark.parametrize("number", GUIDES)
def test_the_first_helpline_fits_who_reads(number):
    guide = GUIDES[number]
    if number in {33, 34}:  # the money is gone: minutes count, and the centre that can stop it answers a phone
        assert guide["helplines"][0] == "iasc"
        return
    first, second = (LINES[slug] for slug in guide["helplines"][:2])
    assert first["slug"] in FIXED or first["status"] == "active"
    # The fixed set is on every page; SAPA is for women and children, and witnesses may write to it.
    assert first["slug"] in FIXED or set(guide["audiences"]) <= set(first["audiences"])
    assert first["kind"] in {"emergency", "support", "removal"}, "a form is nobody who listens"
    assert first["identity"] not in {"account", "id_card"}
    assert first["slug"] in FIXED or any(channel["text_route"] for channel in first["channels"])
    if {"teens"} & set(guide["audiences"]):
        assert second["identity"] not in {"account", "id_card"}


def test_a_number_that_a_guide_sends_to_has_its_card():
    for number, guide in GUIDES.items():
        sent = {
            slug for slug in ("darurat-119", "darurat-112") if f"<strong>{slug[-3:]}</strong>" in guide["id"]["body"]
        }
        assert sent <= set(guide["helplines"]), number


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_chat_that_is_named_has_its_number(language):
    for number, guide in GUIDES.items():
        texts = [guide[language]["short_answer"], *guide[language]["checklist"], guide[language]["body"]]
        sentences = re.split(r"(?<=[.?])\s|<", " ".join(texts))
        assert [s for s in sentences if "SAPA" in s and "WhatsApp" in s and CHAT not in s] == [], number
        assert CHAT in " ".join(texts) or "SAPA" not in " ".join(texts), number


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.django_db
def test_where_a_tap_calls_sapa_a_tap_beside_it_opens_the_chat(language):
    link = linker_of(
        Channel(helpline=Helpline(**files.columns(line, files.HELPLINE)), **files.columns(way, files.CHANNEL))
        for line in files.items("helplines")
        for way in line["channels"]
    )
    for number, guide in GUIDES.items():
        for block in re.split(r"</(?:p|li|blockquote)>", link(guide[language]["body"])):
            assert 'href="tel:129"' not in block or "wa.me/628111129129" in block, (number, block)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_step_about_danger_is_never_left_out_of_a_chat(language):
    danger = re.compile(r"\b(110|112|119|mati|dying|die|[Dd]iancam|mengancam|threaten\w*|jalan keluar|no way out)\b")
    shared = {number: guide[language]["checklist"] for number, guide in GUIDES.items() if not guide["sensitive"]}
    assert [(n, s) for n, steps in shared.items() for s in steps if danger.search(s) and not s.startswith("* ")] == []
    assert all(sum(len(s) for s in steps if s.startswith("* ")) <= 260 for steps in shared.values())


def test_who_is_threatened_by_a_collector_is_led_to_the_authority():
    assert "ojk-157" in GUIDES[31]["helplines"]
    for number in (9, 10, 27):
        assert all("/p/31/" in GUIDES[number][language]["body"] for language in ("id", "en"))


def test_a_guide_that_says_what_to_tap_says_whether_it_was_tried():
    tapping = re.compile(r"Pengaturan, lalu|Pengaturan dan privasi")
    named = {number for number, guide in GUIDES.items() if tapping.search(guide["id"]["body"])}
    assert named == {number for number, guide in GUIDES.items() if guide.get("app")}


@pytest.mark.parametrize("language", ["id", "en"])
def test_who_is_sent_to_ojk_can_also_write(language):
    sent = {number: guide[language]["body"] for number, guide in GUIDES.items() if "157" in guide[language]["body"]}
    assert [number for number, body in sent.items() if "081-157-157-157" not in body] == []


@pytest.mark.parametrize(("number", "language"), [(2, "id"), (2, "en"), (15, "id"), (15, "en")])
def test_from_17_a_teen_agrees_and_the_parents_can_refuse(number, language):
    said = {"id": r"Mulai (umur )?17.*(diberi tahu dan bisa menolak)", "en": r"From 17.*(are told and can refuse)"}
    assert re.search(said[language], GUIDES[number][language]["body"], re.S)


@pytest.mark.parametrize(("number", "parents"), [(5, 38), (6, 16), (12, 16)])
def test_a_teen_in_danger_has_something_to_show_to_parents_and_teachers(number, parents):
    for language in ("id", "en"):
        body = GUIDES[number][language]["body"]
        assert all(f'href="/{language}/p/{guide}/"' in body for guide in (parents, 18))
        assert all(f'href="/{language}/p/{number}/"' in GUIDES[guide][language]["body"] for guide in (parents, 18))


@pytest.mark.parametrize("language", ["id", "en"])
def test_whoever_pays_for_another_hears_of_the_power_of_attorney(language):
    words = {"id": "surat kuasa", "en": "power of attorney"}
    assert all(words[language] in GUIDES[number][language]["body"] for number in (6, 9))


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_about_us_names_the_button_for_a_dead_number(language):
    (about,) = (page for page in files.items("pages") if page["key"] == "about")
    with override(language):
        button = gettext("Report a dead number")
    assert f"“{button}”" in about[language]["body"]
