"""Which helplines are shown where, with which facts, and without a database (K2, K3, K14, H10)."""

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from education.helplines import directory, emergency, selection
from education.helplines.checks import check_text
from education.models import Audience, Channel, Helpline, Revision
from education.starter import files
from education.templatetags.education import source_date
from safetycenter import memory
from safetycenter.page_cache import cache_version
from tests.education.admin_pages import send
from tests.education.tags import render_cards, render_tag

from . import factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken_database(monkeypatch):
    """A database that answers nothing."""

    def fail(*_args):
        raise DatabaseError

    monkeypatch.setattr(directory, "channels", fail)


@pytest.mark.safety("K14")
def test_bar_has_110_then_a_chat_then_112():
    factory.emergency_set()
    assert [channel.value for _role, _line, channel in emergency.emergency_bar()] == ["110", "08111-129-129", "112"]


@pytest.mark.safety("K3")
def test_stored_page_never_gets_a_remembered_bar(monkeypatch):
    monkeypatch.setattr(memory, "CACHE_SECONDS", 60)
    factory.emergency_set()
    emergency.cached_emergency_bar()
    police = Channel.objects.get(value="110")
    police.value = "117"
    police.save()
    bar = Template("{% load education %}{% emergency_bar %}")
    shown_by = [bar.render(Context({"is_never_stored": kept})) for kept in (True, False)]
    assert ["tel:110" in text for text in shown_by] == [True, False]


@pytest.mark.safety("K3")
@pytest.mark.parametrize("reason", ["empty", "broken"])
def test_emergency_bar_works_without_database(request, reason):
    if reason == "broken":
        request.getfixturevalue("broken_database")
    text = render_tag("{% emergency_bar %}")
    assert [number for number in ("tel:110", "wa.me/628111129129", "tel:112") if number in text] != []
    assert text.index("tel:110") < text.index("wa.me/628111129129") < text.index("tel:112")


@pytest.mark.safety("A7")
def test_emergency_page_works_without_database(client, there, broken_database):
    text = client.get(there("education:emergency")).text
    assert all(number in text for number in ("tel:110", "tel:112", "tel:119", "tel:129", "wa.me/628111129129"))


BAR_LINKS = ["tel:110", "https://wa.me/628111129129", "tel:112"]


def bar_links(text: str) -> list[str]:
    """The addresses in the emergency bar of a page."""
    return re.findall(r'<a href="([^"]+)"', text.partition('<aside class="emergency-bar"')[2].partition("</aside>")[0])


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["polri-110", "sapa-129", "darurat-112"])
def test_unpublished_channel_stays_in_the_emergency_bar(client, there, signed_in, starter, slug):
    line = Helpline.objects.get(slug=slug)
    act = reverse("admin:education_helpline_act", args=[line.pk, "archive"])
    signed_in("publisher").post(act, {"note": "Nobody answers."})
    line.refresh_from_db()
    assert not line.is_published()
    assert bar_links(client.get(there("education:about")).text) == BAR_LINKS
    assert all(link in client.get(there("education:emergency")).text for link in BAR_LINKS)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("change", [{"value": "-"}, {"kind": "app", "value": "SAPA"}])
def test_invalid_channel_is_replaced_in_the_emergency_bar(client, there, starter, change):
    Channel.objects.filter(helpline__slug="sapa-129", kind="whatsapp").update(**change)
    Channel.objects.filter(helpline__slug="darurat-112").delete()
    Helpline.objects.filter(slug="polri-110").update(emergency=False)
    assert bar_links(client.get(there("education:about")).text) == BAR_LINKS


@pytest.mark.sampled(3)
@pytest.mark.parametrize("tag", ["{% emergency_bar %}", '{% helplines "x" %}', '{% call_buttons "police" %}'])
def test_tag_costs_one_query_for_the_version(tag):
    factory.emergency_set()
    render_tag(tag)
    with CaptureQueriesContext(connection) as queries, cache_version.one_request():
        render_tag(tag)
    assert ["cacheversion" in query["sql"] for query in queries] == [True]


def test_retired_helpline_is_never_shown(client, there, visit):
    retired = factory.helpline("lama", "500-454", status="retired", emergency=True)
    guide = factory.guide()
    factory.fits(guide, retired)
    retired.topics.add(guide.topic)
    pages = [there("education:helplines"), there("education:emergency"), there("education:topic", guide.topic.slug_ind)]
    assert all("tel:500454" not in client.get(path).text for path in pages)
    assert "tel:500454" not in visit(guide).text + render_cards("lama")


def test_unconfirmed_helpline_is_marked_and_not_listed_by_topic(client, there):
    topic = factory.topic("scams")
    factory.helpline("ragu", "148", status="unverified").topics.add(topic)
    factory.emergency_set()
    assert "148" not in render_tag('{% helplines "scams" %}')
    for text in (client.get(there("education:helplines")).text, render_cards("ragu")):
        assert "148" in text
        assert "chip warn" in text


@pytest.mark.safety("K3")
def test_emergency_set_is_shown_even_if_unconfirmed():
    factory.helpline("darurat-119", "119", status="unverified", emergency=True, verified_on=date(2020, 1, 1))
    assert emergency.emergency_set()[0].helpline.slug == "darurat-119"


def test_unknown_topic_shows_the_emergency_set():
    factory.emergency_set()
    assert [entry.helpline.slug for entry in selection.for_topic("unknown")] == ["sapa-129", "polri-110", "darurat-112"]


def test_helplines_by_slug_keep_their_order():
    factory.emergency_set()
    factory.helpline("healing119", "119 ext 8")
    named = selection.by_slugs(["healing119", "sapa-129", "no-such"])
    assert [entry.helpline.slug for entry in named] == ["healing119", "sapa-129"]


def test_guide_shows_its_helplines_in_order():
    guide = factory.guide()
    lines = [factory.helpline(slug, "1") for slug in ("a", "b", "c")]
    factory.fits(guide, lines[2], lines[0])
    assert [entry.helpline.slug for entry in selection.for_guide(guide)] == ["c", "a"]


@pytest.mark.safety("A3")
def test_each_voice_channel_has_a_text_channel(starter):
    entries = [entry for _label, group in selection.directory_groups() for entry in group]
    assert len(entries) >= 20
    for entry in entries:
        assert any(channel.text_route for channel in entry.channels) or entry.chat_instead.kind == "whatsapp", entry


@pytest.mark.safety("H10")
def test_chat_opens_without_words_in_it():
    factory.emergency_set()
    assert "wa.me/628111129129?" not in render_tag("{% emergency_bar %}")
    assert 'href="https://wa.me/628111129129"' in render_tag("{% emergency_bar %}")


@pytest.mark.parametrize(
    ("fields", "indonesian", "english"),
    [
        ({"verified_on": date(2026, 11, 12)}, "Terakhir dicek 12 November 2026", "Last checked 12 November 2026"),
        (
            {"source_date": date(2026, 1, 7)},
            "Sumber: 7 Januari 2026, belum kami coba",
            "Source: 7 January 2026, not tested by us yet",
        ),
        ({}, "Belum kami coba", "Not tested by us yet"),
    ],
)
def test_check_text_exists_in_both_languages(monkeypatch, fields, indonesian, english):
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 11, 24))
    for language, sentence in (("id", indonesian), ("en", english)):
        with translation.override(language):
            assert check_text(Helpline(**fields)) == sentence


def test_old_check_is_mentioned():
    line = Helpline(verified_on=timezone.localdate() - timedelta(days=91))
    with translation.override("en"):
        assert check_text(line).endswith("more than 90 days ago")
    assert not Helpline(verified_on=timezone.localdate() - timedelta(days=90)).is_check_outdated


@pytest.mark.parametrize(
    ("text", "said"), [("27 Feb 2023", "27 Februari 2023"), ("Mar 2026", "Maret 2026"), ("2025", "2025"), ("", "")]
)
def test_dates_of_sources_are_put_into_the_language(text, said):
    with translation.override("id"):
        assert source_date(text) == said


def test_channel_links_match_their_text():
    for item in files.items("helplines"):
        for channel in item["channels"]:
            if item["status"] != "retired":
                assert Channel(kind=channel["kind"], value=channel["value"]).uri == channel["uri"]


def guides_on(topic: str) -> str:
    """The links to guides for teens on a topic, under a heading."""
    fit = {"topics": [topic], "audiences": ["teens"], "apps": []}
    with translation.override("id"):
        tag = Template('{% load education %}{% guides_for_reader fit "Baca" %}')
        return tag.render(Context({"fit": fit}))


def test_guides_for_a_reader_have_neutral_addresses(there):
    guide = factory.guide(topic=factory.topic("scams"), sensitive=True, number=9912)
    guide.audiences.add(factory.audience("teens"))
    assert f'href="{there("education:guide_by_number", 9912)}"' in guides_on("scams")
    assert guide.slug_ind not in guides_on("scams")


@pytest.mark.safety("H29", "A7")
def test_emergency_page_is_small_and_needs_nothing(client, there, starter):
    for language in ("id", "en"):
        answer = client.get(there("education:emergency", language=language))
        assert len(answer.content) <= 5 * 1024
        assert "<script" not in answer.text
        assert 'class="quick-exit"' in answer.text
        assert 'name="line"' not in answer.text  # nothing beside these numbers may read as doubt (H29)


CARD = '<article class="helpline'


def crisis_line() -> Helpline:
    """A helpline with a website and a call, which takes its time."""
    line = factory.helpline("healing119", "119 ext 8", who_answers_ind="Layanan krisis.", wait_ind="Bisa lama.")
    line.channels.create(kind="web", value="healing119.id", text_route=True, position=5)
    return line


def test_card_shows_number_first_and_folds_the_rest():
    crisis_line()
    card = render_tag('{% helplines_short "crisis" %}')
    folded = card.index("<details")
    assert card.index("healing119.id") < card.index("tel:119,8") < card.index("Bisa lama.") < folded
    assert card.index("Layanan krisis") < card.index("Bisa lama.")  # who answers, openly
    assert "Layanan krisis" not in card[folded:]
    assert card.index('name="line" value="healing119"') > card.index("</details>")


def test_card_with_much_to_say_about_who_answers_folds_it():
    told = "Layanan krisis psikologis dari kementerian dan himpunan psikolog klinis. Boleh tanpa nama."
    Helpline.objects.filter(pk=crisis_line().pk).update(who_answers_ind=told)
    memory.clear()
    card = render_tag('{% helplines_short "crisis" %}')
    assert card.index(told) > card.index("<details")


@pytest.mark.safety("H29")
def test_report_of_a_dead_number_is_folded_for_emergency_lines(there):
    factory.helpline("polri-110", "110", emergency=True)
    card = render_tag('{% helplines_short "police" %}')
    assert card.index('name="line" value="polri-110"') > card.index("<details")


@pytest.mark.sampled(2)
@pytest.mark.safety("H29")
@pytest.mark.parametrize(("language", "verb"), [("id", "Laporkan"), ("en", "Report")])
def test_report_of_a_dead_number_reads_as_an_action(client, there, starter, language, verb):
    page = client.get(there("education:helplines", language=language)).text
    labels = re.findall(r'<button class="btn plain dead[^>]*>([^<]+)<', page)
    assert labels
    assert all(label.startswith(verb) for label in labels)


@pytest.mark.safety("A3")
def test_text_filter_shows_only_channels_without_speaking():
    factory.emergency_set()
    crisis_line()
    cards = render_tag('{% helplines_short "crisis chat police" channel_type="text" %}')
    assert "tel:" not in cards
    assert cards.index("healing119.id") < cards.index("wa.me/628111129129")
    assert cards.count(CARD) == 2


def test_voice_filter_shows_only_numbers():
    crisis_line()
    cards = render_tag('{% helplines_short "crisis" channel_type="voice" %}')
    assert "tel:119,8" in cards
    assert "healing119.id" not in cards


def test_short_cards_add_a_chat_only_if_none_has_one():
    factory.emergency_set()
    assert "wa.me" in render_tag('{% helplines_short "police" %}')
    assert render_tag('{% helplines_short "police chat" %}').count("wa.me") == 1


@pytest.mark.safety("K3")
@pytest.mark.parametrize(
    "tag", ['{% helplines_short "emergency" channel_type="voice" %}', '{% call_buttons "emergency" %}']
)
def test_112_is_never_shown_without_its_limit(tag):
    factory.emergency_set()
    assert "di semua daerah" in render_tag(tag)


@pytest.mark.safety("K3", "H10")
def test_large_numbers_say_once_that_nobody_tried_them():
    factory.emergency_set()
    cards = render_tag('{% numbers_to_call "police emergency" %}')
    assert (cards.count("Nomor ini belum kami coba."), cards.count('class="trace"')) == (1, 1)
    assert cards.count("di semua daerah") == 1
    assert "<details" not in cards


@pytest.mark.safety("K3")
def test_large_numbers_say_of_each_whether_it_was_tried():
    factory.emergency_set()
    Helpline.objects.filter(slug="polri-110").update(verified_on=timezone.localdate())
    memory.clear()
    cards = render_tag('{% numbers_to_call "police emergency" %}')
    assert re.search(r"Terakhir dicek [^·]+ · [^·]*: Belum kami coba\.", cards)


def test_folded_card_says_whom_it_serves_in_its_fold():
    Helpline.objects.filter(pk=crisis_line().pk).update(serves_ind="Siapa saja.")
    memory.clear()
    places = [render_tag(f'{{% helplines_short "crisis" {folded} %}}') for folded in ("", "folded=True")]
    assert [page.index("Siapa saja.") > page.index("<details") for page in places] == [False, True]


@pytest.mark.safety("H10")
def test_short_cards_warn_once_of_traces_on_the_phone():
    factory.emergency_set()
    assert render_tag('{% helplines_short "chat police" %}').count('class="trace"') == 1


def test_short_cards_come_without_the_database(broken_database):
    assert "wa.me/628111129129" in render_tag('{% helplines_short "chat" channel_type="text" %}')
    assert "tel:112" in render_tag('{% call_buttons "emergency" %}')


def test_short_card_marks_unconfirmed_or_outdated_numbers():
    factory.helpline("ragu", "148", status="unverified")
    factory.helpline("lama", "149", verified_on=date(2020, 1, 1))
    for slug in ("ragu", "lama"):
        factory.role("crisis", Helpline.objects.get(slug=slug))
        card = render_tag('{% helplines_short "crisis" %}')
        assert card.index("chip warn") < card.index("<details")


def test_helplines_for_audience_are_reliable_and_in_order():
    teens, everyone = factory.audience("teens"), factory.audience("everyone", slug_ind="x", slug_en="x")
    for slug, audience in (("women", everyone), ("kpai", teens), ("sapa", teens)):
        factory.helpline(slug, "1").audiences.add(audience)
    factory.helpline("ragu", "148", status="unverified").audiences.add(teens)
    keys = ["women", "ragu", "sapa", "kpai"]
    assert [entry.helpline.slug for entry in selection.for_reader(keys, "teens")] == ["sapa", "kpai"]
    assert [entry.helpline.slug for entry in selection.for_reader(keys)] == ["women", "sapa", "kpai"]


def test_guides_have_no_heading_when_there_are_none():
    factory.guide(topic=factory.topic("scams")).audiences.add(factory.audience("teens"))
    assert "<h2>Baca</h2>" in guides_on("scams")
    assert guides_on("bullying").strip() == ""


@pytest.mark.slow
def test_anti_scam_centre_comes_before_app_report_button(starter):
    slugs = [entry.helpline.slug for entry in selection.for_topic("scams")]
    assert slugs.index("iasc") < slugs.index("tiktok-report")


def fitting(found: list[selection.HelplineCard]) -> list[str]:
    return [entry.helpline.slug for entry in found]


@pytest.mark.parametrize(
    ("topic", "slugs"),
    [
        ("scams", ["iasc", "ojk-157", "healing119", "tiktok-report", "polri-110"]),
        ("private-images", ["sapa-129", "takeitdown", "stopncii", "safenet", "polri-110"]),
        ("offline-harm", ["sapa-129", "komnas-perempuan", "kpai", "healing119", "polri-110"]),
        ("mental-health", ["healing119", "jakcare", "darurat-112", "darurat-119"]),
    ],
)
def test_topic_page_shows_fitting_helplines_first(starter, topic, slugs):
    assert fitting(selection.for_topic(topic)) == slugs


@pytest.mark.parametrize(
    ("audience", "slugs"),
    [
        ("women", ["sapa-129", "safenet", "komnas-perempuan", "lbh-apik", "polri-110"]),
        ("everyone", ["safenet", "iasc", "ojk-157", "healing119", "polri-110"]),
        ("teens", ["sapa-129", "kpai", "healing119", "jakcare", "polri-110"]),
        ("parents", ["sapa-129", "kpai", "iasc", "healing119", "polri-110"]),
    ],
)
def test_audience_page_shows_fitting_helplines(starter, audience, slugs):
    assert fitting(selection.for_audience(Audience.objects.get(key=audience))) == slugs


def test_shared_number_names_its_service(starter):
    card = render_cards("uptd-ppa")
    assert "WhatsApp SAPA 129 </span>" in card
    assert "Telepon SAPA 129 </span>" in card


def test_editor_cannot_change_an_emergency_number(signed_in):
    factory.emergency_set()
    line = Helpline.objects.get(slug="polri-110")
    address = reverse("admin:education_helpline_change", args=[line.pk])
    assert signed_in("editor").post(address, {"slug": "x"}).status_code == 403
    assert "_save" in signed_in("publisher").get(address).text


def test_changed_number_counts_as_not_checked(signed_in):
    line = factory.helpline("iasc", "157", verified_on="2026-11-01", source_date="2026-11-01", serves_ind="x")
    send(signed_in("publisher"), line, **{"channels-0-value": "158"})
    proposal = Revision.objects.waiting_proposal(line).data
    assert (proposal["verified_on"], proposal["source_date"], proposal["status"]) == (None, None, "unverified")


def test_short_list_shows_a_number_once(starter):
    cards = selection.by_slugs(["sapa-129", "uptd-ppa", "kpai"])
    assert [card.helpline.slug for card in selection.without_same_numbers(cards)] == ["sapa-129", "kpai"]
