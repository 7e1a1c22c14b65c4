"""What one guide offers beside its text: other voices, an easy version, a sheet for class, words to pass on."""

import html
import re
from urllib.parse import unquote

import pytest
from django.conf import settings

from education.views.sharing import MOST, chat_text

from . import factory

pytestmark = pytest.mark.django_db
ADDRESS = "https://example.org/id/panduan/x/"


@pytest.fixture
def teens_and_parents():
    """One subject in two voices."""
    teens, parents = (
        factory.guide(subject="bullying"),
        factory.guide(subject="bullying", title_ind="Bicara dengan anak"),
    )
    teens.audiences.add(factory.audience())
    fields = {"slug_ind": "orang-tua", "slug_en": "parents", "name_ind": "Untuk orang tua", "name_en": "For parents"}
    parents.audiences.add(factory.audience("parents", **fields))
    return teens, parents


def test_the_same_for_others_is_linked_by_whom_it_is_for(visit, teens_and_parents):
    nav = visit(teens_and_parents[0]).text.split('class="voices')[1].split("</nav>")[0]
    assert "Untuk orang tua" in nav
    assert teens_and_parents[1].slug_ind in nav
    assert "Untuk remaja" not in nav


def test_an_audience_of_both_voices_does_not_name_the_other_one(visit, teens_and_parents):
    teens, parents = teens_and_parents
    parents.audiences.set(teens.audiences.all())
    nav = visit(teens).text.split('class="voices')[1].split("</nav>")[0]
    assert "Untuk remaja" not in nav
    assert "Bicara dengan anak" in nav


@pytest.mark.parametrize("change", [{"state": "draft"}, {"subject": ""}, factory.ONLY_INDONESIAN])
def test_a_voice_that_cannot_be_read_is_not_offered(visit, teens_and_parents, change):
    type(teens_and_parents[1]).objects.filter(pk=teens_and_parents[1].pk).update(**change)
    assert 'class="voices' not in visit(teens_and_parents[0], "en").text


def test_a_voice_is_not_a_related_guide_too(visit):
    topic = factory.topic()
    one = factory.guide(topic=topic, subject="s")
    factory.guide(topic=topic, subject="s", title_ind="Suara lain")
    factory.guide(topic=topic, title_ind="Terkait")
    related = visit(one).text.split('id="related"')[1].split("</section>")[0]
    assert "Terkait" in related
    assert "Suara lain" not in related


def test_the_easy_version_is_offered_only_where_it_is_written(visit, client, there):
    guide = factory.guide(easy_ind="<p>Kalimat pendek.</p>")
    path = there("education:easy", guide.slug_ind)
    assert path in visit(guide).text
    assert "Kalimat pendek." in client.get(path).text
    assert "/easy/" not in visit(guide, "en").text
    assert client.get(there("education:easy", guide.slug_en, language="en")).status_code == 404


def test_the_switch_of_an_easy_page_leads_to_the_guide_where_no_easy_one_is_written(client, there):
    guide = factory.guide(easy_ind="<p>Kalimat pendek.</p>")
    text = client.get(there("education:easy", guide.slug_ind)).text
    assert f'href="{there("education:guide", guide.slug_en, language="en")}" hreflang="en"' in text


def test_the_sheet_has_steps_numbers_and_the_way_to_the_guide(client, there):
    guide = factory.guide()
    factory.fits(guide, factory.helpline("sapa-129", "wa:08111-129-129", "129"))
    text = client.get(there("education:handout", guide.slug_ind)).text
    assert "<li>Satu.</li><li>Dua.</li>" in text
    assert "08111-129-129" in text
    assert '<svg viewBox="0 0' in text
    assert f"{settings.PUBLIC_URL}{there('education:guide', guide.slug_ind)}" in text


def test_a_link_to_a_part_leads_from_the_sheet_into_the_guide(client, there):
    guide = factory.guide(checklist_ind='<a href="#s3">Bagian terakhir</a>')
    text = client.get(there("education:handout", guide.slug_ind)).text
    assert f'<a href="{there("education:guide", guide.slug_ind)}#s3"' in text


@pytest.mark.parametrize("part", ["handout", "easy"])
def test_search_engines_are_shown_the_guide_itself(client, there, part):
    guide = factory.guide(easy_ind="<p>Pendek.</p>")
    text = client.get(there(f"education:{part}", guide.slug_ind)).text
    assert '<meta name="robots" content="noindex">' in text
    assert f'<link rel="canonical" href="{settings.PUBLIC_URL}{there("education:guide", guide.slug_ind)}">' in text


def test_a_plain_guide_moves_from_the_number_of_its_sheet_to_its_name(client, there):
    guide = factory.guide()
    answer = client.get(there("education:handout_by_number", guide.number))
    assert (answer.status_code, answer["Location"]) == (301, there("education:handout", guide.slug_ind))


def test_whatsapp_gets_the_short_answer_and_the_address(visit):
    guide = factory.guide(short_answer_ind="Simpan dulu & blokir.")
    link = html.unescape(re.search(r'href="(https://wa\.me/\?text=[^"]+)"', visit(guide).text)[1])
    assert unquote(link.removeprefix("https://wa.me/?text=")).startswith("Simpan dulu & blokir.\n\nhttp")


def test_the_chat_text_has_all_a_friend_needs():
    guide = factory.guide(checklist_ind='Satu.\nPakai <a href="https://x.example/">Take It Down</a> & lapor.')
    text = chat_text(guide, [], ADDRESS)
    assert text.startswith(guide.words.title)
    assert "2. Pakai Take It Down & lapor." in text
    assert text.endswith(ADDRESS)


@pytest.mark.parametrize(("answer", "steps"), [(30, 40), (300, 7), (900, 7), (5000, 1)])
def test_the_chat_text_is_under_700_letters_and_keeps_the_address(answer, steps):
    guide = factory.guide(short_answer_ind="kata " * (answer // 5), checklist_ind="\n".join(["langkah " * 12] * steps))
    text = chat_text(guide, [], ADDRESS)
    assert len(text) <= MOST < 700
    assert text.endswith(ADDRESS)
    assert text.startswith(guide.words.title)


def test_what_needs_a_script_is_hidden_without_it(visit):
    buttons = re.findall(r"<button[^>]*data-copy[^>]*>", visit(factory.guide()).text)
    assert len(buttons) == 2
    assert all(button.endswith(" hidden>") for button in buttons)
