"""Two sheets to print: the log of what happened, without pictures, and the poster for a school."""

import re

import pytest

from education.models import Guide

from . import factory

pytestmark = pytest.mark.django_db


LABELS = {"id": ["Tanggal", "Tempat atau aplikasi", "Nama", "Isi"], "en": ["Date", "Place or app", "Name", "Notes"]}
READ_FIRST = {"id": "Bacakan ini dulu kepada murid", "en": "Read this to the pupil first"}


@pytest.mark.safety("H21", "H26")
@pytest.mark.parametrize(("language", "rule"), [("id", "belum 18 tahun"), ("en", "under 18")])
def test_log_warns_on_the_screen_and_prints_four_labels(client, there, language, rule):
    page = client.get(there("education:incident_log", language=language)).text
    main = page.partition("<main")[2].partition("</main>")[0]
    screen, paper = main.split('<div class="boxes print-only">')
    assert re.findall(r"<li[^>]*>(.*?)</li>", paper) == LABELS[language] * 4
    assert rule in re.search(r'<ul class="rules no-print">.*?<strong>(.*?)</strong>', screen, re.DOTALL)[1]
    assert screen.index(READ_FIRST[language]) < screen.index(rule)
    parts = re.findall(r"\n    <(?:p|h1|ul|section)\b([^>]*)>", screen)
    assert len(parts) == 6
    assert all("no-print" in attributes for attributes in parts)
    assert not re.search("<(form|input|textarea)", main)
    title = re.search("<title>(.*?)</title>", page)[1]
    assert not re.search("catatan|kejadian|log|happened", title + there("education:incident_log"), re.IGNORECASE)


def test_poster_has_numbers_with_a_text_channel_and_a_line_for_a_name(client, there):
    factory.emergency_set()
    poster = client.get(there("education:school_poster")).text.partition("<main")[2]
    blocks = re.findall(r"<dt>.*?</dd>", poster, re.DOTALL)
    assert [number for number in ("110", "129", "112") if not any(f">{number}<" in block for block in blocks)] == []
    assert all("08111-129-129" in block for block in blocks if ">110<" in block)
    assert poster.count("<li>Nama</li>") == 2
    assert poster.index("Ingin mengakhiri hidup?") < poster.index("<dt>")
    assert "Kalau formulir kami buka" in poster
    assert "laporan tanpa namamu" not in poster


def test_educators_and_nobody_else_are_led_to_both_sheets(visit, there):
    factory.lesson()
    teachers = visit(factory.audience("educators", slug_ind="pendidik", slug_en="educators")).text
    others = visit(factory.audience()).text
    for name in ("education:incident_log", "education:school_poster"):
        assert f'href="{there(name)}"' in teachers
        assert f'href="{there(name)}"' not in others


def test_guides_on_proof_and_for_schools_link_the_sheets(starter):
    found = Guide.objects.filter(number__in=(18, 26, 30, 35))
    bodies = {guide.number: guide.body_ind + guide.body_en for guide in found}
    assert all('"/id/lembar/"' in body and '"/en/sheet/"' in body for body in bodies.values())
    assert all('"/en/school-poster/"' in bodies[number] for number in (18, 30, 35))
