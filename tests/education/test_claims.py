"""What a guide claims has its source beside it: laws, dates, waiting times, steps in an app, services by name."""

import re

import pytest

from education.starter import files

GUIDES = {guide["number"]: guide for guide in files.items("guides")}
LINES = {line["slug"]: line for line in files.items("helplines")}
FIXED = {slug for slug, line in LINES.items() if line["emergency"]}
# What stands in a guide: what its sources must name, or the helpline whose record carries the source.
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


@pytest.mark.parametrize("number", [7, 16, 20, 26])
def test_the_portal_of_2020_is_never_promised(number):
    doubts = {
        "id": r"[Bb]elum kami pastikan (portal itu )?masih bisa dibuka",
        "en": r"not confirmed that it still works",
    }
    assert all(re.search(doubt, GUIDES[number][language]["body"]) for language, doubt in doubts.items())


def test_a_helpline_that_is_named_active_has_a_source():
    assert [slug for slug, line in LINES.items() if line["status"] == "active" and not line["source_url"]] == []


def test_who_is_threatened_by_a_collector_is_led_to_the_authority():
    assert "ojk-157" in GUIDES[31]["helplines"]
    for number in (9, 10, 27):
        assert all("/p/31/" in GUIDES[number][language]["body"] for language in ("id", "en"))
