"""What a guide offers besides its text: variants for other readers, an easy version, a sheet for class, sharing."""

import html
import re
from datetime import date
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from education.views.sharing import MAX_CHAT_LENGTH, chat_text

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


def test_audience_variants_are_linked_by_audience(visit, teens_and_parents):
    nav = visit(teens_and_parents[0]).text.split('class="variants')[1].split("</nav>")[0]
    assert "Untuk orang tua" in nav
    assert teens_and_parents[1].slug_ind in nav
    assert "Untuk remaja" not in nav


@pytest.mark.parametrize(
    ("topic", "language", "link"),
    [
        ("scams", "id", '/id/pertolongan/35/">Uang terkirim</a>'),
        ("bullying", "id", '/id/pertolongan/66/">Dirundung</a>'),
        ("grooming", "en", '/en/first-help/63/">Asked to keep secrets</a>'),
        ("stalking", "id", '/id/pertolongan/71/">Diancam atau diikuti</a>'),
        ("mental-health", "id", '/id/pertolongan/32/">Terpikir mengakhiri hidup?</a>'),
        ("gender-violence", "id", '/id/pertolongan/">Pertolongan pertama</a>'),
    ],
)
def test_guide_links_to_the_first_aid_of_its_topic(visit, topic, language, link):
    assert f'href="{link}' in visit(factory.guide(topic=factory.topic(topic)), language).text


def test_guide_of_a_topic_without_first_aid_links_to_none(visit):
    page = visit(factory.guide(topic=factory.topic("age-privacy"))).text
    assert not re.search(r'href="/id/pertolongan/', page.split("<main")[1].split("</main>")[0])


def test_shared_audience_does_not_name_the_variant(visit, teens_and_parents):
    teens, parents = teens_and_parents
    parents.audiences.set(teens.audiences.all())
    nav = visit(teens).text.split('class="variants')[1].split("</nav>")[0]
    assert "Untuk remaja" not in nav
    assert "Bicara dengan anak" in nav


@pytest.mark.slow
@pytest.mark.parametrize("change", [{"state": "draft"}, {"subject": ""}, factory.ONLY_INDONESIAN])
def test_unpublished_variant_is_not_offered(visit, teens_and_parents, change):
    type(teens_and_parents[1]).objects.filter(pk=teens_and_parents[1].pk).update(**change)
    assert 'class="variants' not in visit(teens_and_parents[0], "en").text


@pytest.mark.slow
def test_also_for_others_links_are_not_mutual(visit, teens_and_parents):
    teens, parents = teens_and_parents
    parents.subject, teens.also_for_others = "", str(parents.number)
    parents.save()
    teens.save()
    assert parents.slug_ind in visit(teens).text.split('class="variants')[1].split("</nav>")[0]
    assert 'class="variants' not in visit(parents).text


@pytest.mark.slow
@pytest.mark.parametrize("numbers", ["999", "16 18", "own"])
def test_unknown_number_in_also_for_others_is_refused(numbers):
    guide, other = factory.guide(), factory.guide()
    guide.also_for_others = str(other.number)
    guide.full_clean()
    guide.also_for_others = str(guide.number) if numbers == "own" else numbers
    with pytest.raises(ValidationError, match="also_for_others"):
        guide.full_clean()


def test_lessons_are_linked_from_what_teachers_read(visit):
    factory.lesson()
    own, other = factory.guide(), factory.guide()
    own.audiences.add(factory.audience("educators"))
    assert 'id="lessons"' in visit(own).text
    assert 'id="lessons"' not in visit(other).text


def test_variant_is_not_a_related_guide(visit):
    topic = factory.topic()
    one = factory.guide(topic=topic, subject="s")
    factory.guide(topic=topic, subject="s", title_ind="Suara lain")
    factory.guide(topic=topic, title_ind="Terkait")
    related = visit(one).text.split('id="related"')[1].split("</section>")[0]
    assert "Terkait" in related
    assert "Suara lain" not in related


def test_easy_version_is_offered_only_where_it_is_written(visit, client, there):
    guide = factory.guide(easy_ind="<p>Kalimat pendek.</p>")
    path = there("education:easy", guide.slug_ind)
    assert path in visit(guide).text
    assert "Kalimat pendek." in client.get(path).text
    assert "/easy/" not in visit(guide, "en").text
    assert client.get(there("education:easy", guide.slug_en, language="en")).status_code == 404


def test_easy_page_switch_falls_back_to_the_guide(client, there):
    guide = factory.guide(easy_ind="<p>Kalimat pendek.</p>")
    text = client.get(there("education:easy", guide.slug_ind)).text
    assert f'href="{there("education:guide", guide.slug_en, language="en")}" hreflang="en"' in text


def test_sheet_has_steps_numbers_and_the_way_to_the_guide(client, there):
    guide = factory.guide()
    factory.fits(guide, factory.helpline("sapa-129", "wa:08111-129-129", "129"))
    text = client.get(there("education:handout", guide.slug_ind)).text
    assert "<li>Satu.</li><li>Dua.</li>" in text
    assert "08111-129-129" in text
    assert '<svg viewBox="0 0' in text
    assert f"{settings.PUBLIC_URL}{there('education:guide', guide.slug_ind)}" in text


def test_handout_fragment_links_point_to_the_guide(client, there):
    guide = factory.guide(checklist_ind='<a href="#s3">Bagian terakhir</a>')
    text = client.get(there("education:handout", guide.slug_ind)).text
    assert f'<a href="{there("education:guide", guide.slug_ind)}#s3"' in text


@pytest.mark.parametrize("part", ["handout", "easy"])
def test_handout_names_the_guide_as_canonical(client, there, part):
    guide = factory.guide(easy_ind="<p>Pendek.</p>")
    text = client.get(there(f"education:{part}", guide.slug_ind)).text
    assert '<meta name="robots" content="noindex">' in text
    assert f'<link rel="canonical" href="{settings.PUBLIC_URL}{there("education:guide", guide.slug_ind)}">' in text


def test_handout_number_of_plain_guide_redirects_to_slug(client, there):
    guide = factory.guide()
    answer = client.get(there("education:handout_by_number", guide.number))
    assert (answer.status_code, answer["Location"]) == (301, there("education:handout", guide.slug_ind))


def test_whatsapp_gets_the_short_answer_and_the_address(visit):
    guide = factory.guide(short_answer_ind="Simpan dulu & blokir.")
    link = html.unescape(re.search(r'href="(https://wa\.me/\?text=[^"]+)"', visit(guide).text)[1])
    assert unquote(link.removeprefix("https://wa.me/?text=")).startswith("Simpan dulu & blokir.\n\nhttp")


def test_chat_text_has_title_steps_helplines_and_url():
    guide = factory.guide(checklist_ind='Satu.\nPakai <a href="https://x.example/">Take It Down</a> & lapor.')
    text = chat_text(guide, [], ADDRESS)
    assert text.startswith(guide.localized.title)
    assert "2. Pakai Take It Down & lapor." in text
    assert text.endswith(ADDRESS)


@pytest.mark.parametrize(("answer", "steps"), [(30, 40), (300, 7), (900, 7), (5000, 1)])
def test_chat_text_is_under_700_letters_with_the_url(answer, steps):
    guide = factory.guide(short_answer_ind="kata " * (answer // 5), checklist_ind="\n".join(["langkah " * 12] * steps))
    text = chat_text(guide, [], ADDRESS)
    assert len(text) <= MAX_CHAT_LENGTH < 700
    assert text.endswith(ADDRESS)
    assert text.startswith(guide.localized.title)


def test_shortened_chat_text_keeps_safety_steps():
    steps = [f"{word} {'langkah ' * 15}" for word in ("Satu", "Dua", "Tiga", "Empat", "Lima")]
    guide = factory.guide(checklist_ind="\n".join([*steps, "* Takut? Hubungi 110."]))
    text = chat_text(guide, [], ADDRESS)
    assert ". Takut? Hubungi 110." in text
    assert "Satu" in text
    assert "Lima" not in text
    assert "langkah lagi" in text.splitlines()[-1]


def test_chat_text_with_every_step_leaves_nothing_out():
    text = chat_text(factory.guide(checklist_ind="Satu.\n* Dua."), [], ADDRESS)
    assert "1. Satu.\n2. Dua." in text
    assert text.endswith(f"Selengkapnya: {ADDRESS}")


def test_mark_of_a_safety_step_is_never_shown(visit):
    assert "*" not in re.search(r'<ol class="steps".*?</ol>', visit(factory.guide(checklist_ind="* Dua.")).text)[0]


def test_what_needs_a_script_is_hidden_without_it(visit):
    buttons = re.findall(r"<button[^>]*data-copy[^>]*>", visit(factory.guide()).text)
    assert len(buttons) == 2
    assert all(button.endswith(" hidden>") for button in buttons)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("audience", "sensitive", "label"),
    [("teens", False, "kelas"), ("teens", True, "dicetak"), ("women", False, "dicetak")],
)
def test_handout_is_for_classes_of_fitting_audiences_only(visit, audience, sensitive, label):
    guide = factory.guide(sensitive=sensitive)
    guide.audiences.add(factory.audience(audience))
    assert f"Satu lembar untuk {label}" in visit(guide).text


SOURCE = {"url": "https://x.example/", "publisher": "X", "title_ind": "Isi", "title_en": "Text", "dated": "2025"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("day", "said"), [(None, "belum diperiksa"), (date(2026, 11, 24), "diperiksa 24 November 2026")]
)
def test_source_says_when_it_was_last_checked(visit, day, said):
    guide = factory.guide()
    guide.sources.create(**SOURCE, checked_on=day)
    assert f"<span>{said}</span>" in visit(guide).text


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("day", "said"), [(None, "Ini belum kami coba sendiri di TikTok"), (date(2026, 11, 24), "pada 24 November 2026")]
)
def test_steps_in_an_app_say_whether_they_were_tried(visit, day, said):
    assert said in visit(factory.guide(app="TikTok", app_tried_on=day)).text
