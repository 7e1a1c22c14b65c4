"""A number in a text opens the helpline's channel; text that only looks like a number does not change."""

import re

import pytest

from education.models import Channel, Guide, Helpline
from education.rendering import phone_links

from . import factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    """The linker of the emergency set and two more helplines."""
    factory.emergency_set()
    factory.helpline("darurat-119", "119", emergency=True)
    factory.helpline("healing119", "119 ext 8")
    factory.helpline("jakcare", "0800-1500-119")
    factory.helpline("ojk", "157")
    return phone_links.linker()


def opened(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="tel" href="([^"]+)"[^>]*>([^<]+)</a>', html)


@pytest.mark.sampled(7)
@pytest.mark.parametrize(
    ("text", "uri", "number"),
    [
        ("Hubungi 110.", "tel:110", "110"),
        ("JakCare, 0800-1500-119.", "tel:08001500119", "0800-1500-119"),
        ("telepon 0800 1500 119", "tel:08001500119", "0800 1500 119"),
        ("telepon 119 ekstensi 8, atau", "tel:119,8", "119 ekstensi 8"),
        ("call 119 extension 8", "tel:119,8", "119 extension 8"),
        ("<strong>119</strong>", "tel:119", "119"),
        ("Telepon 129 menerima", "tel:129", "129"),
        ("di 08111-129-129.", "https://wa.me/628111129129", "08111-129-129 (WhatsApp)"),
    ],
)
def test_number_opens_its_channel(link, text, uri, number):
    assert opened(link(text)) == [(uri, number)]


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    "text",
    [
        *("Chat WhatsApp SAPA 129.", "Write to SAPA 129 on WhatsApp.", "WhatsApp 129", "kirim WhatsApp ke SAPA 129"),
        *("Chat dengan SAPA 129.", "SAPA 129, lewat WhatsApp atau telepon", "Nomor 129, juga lewat WhatsApp"),
        *("Chat <strong>SAPA 129</strong>.", "Write to <strong>SAPA 129</strong> on WhatsApp."),
        "Chat WhatsApp: SAPA 129.",
    ],
)
def test_words_about_a_chat_open_the_chat_and_never_a_call(link, text):
    assert opened(link(text)) == [("https://wa.me/628111129129", "129")]


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "text",
    [
        *("SAPA 129 menerima cerita anak.", "Hubungi SAPA 129.", "talk to SAPA 129 or the police"),
        *("Chat saja. Hubungi SAPA 129.", "<li>Chat saja</li><li>SAPA 129</li>"),
    ],
)
def test_name_opens_the_chat_and_says_so(link, text):
    assert opened(link(text)) == [("https://wa.me/628111129129", "129 (WhatsApp)")]


def test_sentence_says_once_that_it_opens_a_chat(link):
    linked = opened(link("Hubungi SAPA 129 (08111-129-129)."))
    assert [shown for _uri, shown in linked] == ["129 (WhatsApp)", "08111-129-129"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["lewat WhatsApp atau 129", "WhatsApp, or call 129", "WhatsApp SAPA, lalu telepon 129", "telepon SAPA 129"]
)
def test_words_about_a_call_open_a_call(link, text):
    assert opened(link(text)) == [("tel:129", "129")]


def test_two_numbers_in_a_row_are_two_links(link):
    assert opened(link("telepon 119/112")) == [("tel:119", "119"), ("tel:112", "112")]


@pytest.mark.sampled(7)
@pytest.mark.parametrize(
    "text",
    [
        *("healing119.id", "Pasal 112", "Article 112", "021-129", "1.129 laporan", "112 anak", "119 cases", "119%"),
        *("110,5", "tahun 1129", "157 laporan", "+62110"),
        '<a href="https://example.org/110">Lihat 110</a>',
        '<a href="https://example.org/?q=>110">x</a>',
    ],
)
def test_similar_digits_are_not_linked(link, text):
    assert link(text) == text


def test_retired_number_is_never_linked():
    factory.helpline("dead", "1500-771", status=Helpline.Status.RETIRED)
    assert phone_links.linker()("Telepon 1500-771") == "Telepon 1500-771"


@pytest.mark.slow
def test_changed_number_changes_every_text(visit):
    line = factory.helpline("jakcare", "0800-1500-119")
    guide = factory.guide(body_ind="<p>Hubungi 0800-1500-119.</p>")
    assert "tel:08001500119" in visit(guide).text
    line.channels.all().delete()
    line.channels.create(kind="phone", value="021-555-119")
    assert "tel:08001500119" not in visit(guide).text


@pytest.mark.slow
@pytest.mark.parametrize("field", ["body_ind", "checklist_ind", "short_answer_ind"])
def test_every_text_of_a_guide_is_linked(visit, field):
    factory.helpline("polri-110", "110", emergency=True)
    main = visit(factory.guide(**{field: "Hubungi 110."})).text.split("<article")[1].split("<aside")[0]
    assert ("tel:110", "110") in opened(main)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("number", [6, 12])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_number_of_a_crisis_guide_is_linked(starter, visit, number, language):
    text = visit(Guide.objects.get(number=number), language).text
    prose = text.split('class="prose"')[1].split('aria-labelledby="sources"')[0]
    bare = re.sub(r"<a\b.*?</a>|<[^>]*>", "", prose, flags=re.DOTALL)
    assert re.findall(r"\b(?:110|112|119|129|0800-1500-119|08111-129-129)\b", bare) == []


def test_link_in_the_checklist_is_a_link_and_nothing_else_is(visit):
    line = '<a href="https://takeitdown.ncmec.org/" onclick="x()">Take It Down</a> <script>x</script><b>1 < 2</b>'
    text = visit(factory.guide(checklist_ind=line)).text
    assert (
        '<li><a href="https://takeitdown.ncmec.org/" rel="noopener noreferrer">Take It Down</a> 1 &lt; 2</li>' in text
    )


def test_chat_that_is_also_a_phone_is_opened_as_the_text_says():
    line = factory.helpline("safenet", "0813-1761-7622", "wa:0813-1761-7622")
    assert line.channels.count() == 2
    link = phone_links.linker_of(Channel.objects.select_related("helpline").order_by("position"))
    assert opened(link("Telepon 0813-1761-7622"))[0][0] == "tel:081317617622"
    assert opened(link("WhatsApp 0813-1761-7622"))[0][0] == "https://wa.me/6281317617622"
