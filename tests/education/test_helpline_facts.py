"""Which facts a helpline card shows, and which it omits because they are not known."""

import re
from datetime import date

import pytest
from django.utils import timezone, translation

from education.helplines.checks import check_text
from education.starter import files
from tests.education.tags import render_cards

from . import factory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "role"), [("id", "petugas piket"), ("en", "duty officer")])
def test_who_checked_is_said_in_the_language_of_the_page(language, role):
    words = {"verified_by_ind": "petugas piket", "verified_by_en": "duty officer"}
    line = factory.helpline("x", "110", verified_on=timezone.localdate(), **words)
    with translation.override(language):
        assert role in check_text(line)


def test_unknown_helpline_facts_are_left_out():
    factory.helpline("x", "1500")
    text = render_cards("x")
    assert not any(word in text for word in ("Bahasa", ">Sumber<", "Boleh tanpa nama", "Tidak diketahui"))


def test_helpline_card_shows_languages_source_and_identity():
    source = {"source_url": "https://www.x.example/a", "source_date": date(2026, 1, 7)}
    known = {"spoken_ind": "Inggris", "spoken_en": "English", "identity": "none"} | source
    factory.helpline("x", "1500", **known)
    text = render_cards("x")
    assert all(word in text for word in ("Inggris", "Boleh tanpa nama"))
    assert re.search(r'href="https://www.x.example/a"[^>]*>x.example</a>, 7 Januari 2026 · belum kami coba', text)
    assert text.count("Sumber") == 1


def test_no_name_needed_is_said_only_where_a_source_says_so():
    lines = {line["slug"]: line["identity"] for line in files.items("helplines")}
    assert {slug for slug, identity in lines.items() if identity == "none"} == {"healing119", "takeitdown", "iwf-id"}


def test_substitute_chat_says_whom_it_is_not_for():
    factory.emergency_set()
    factory.helpline("jakcare", "0800-1500-119")
    police, crisis = render_cards("polri-110"), render_cards("jakcare")
    assert all("tidak mengirim ambulans" in card for card in (police, crisis))
    assert "minta orang terdekat menelepon" in police
    assert "Healing119" in crisis
    assert "ambulans" not in render_cards("sapa-129")


def test_helplines_page_anchors_are_neutral(client, there):
    line = factory.helpline("stopncii", "110")
    text = client.get(there("education:helplines")).text
    assert f'id="n{line.pk}"' in text
    assert 'id="stopncii"' not in text
