"""A page that is behind quotes the changed sentences of the newer language: published ones only, and few."""

import gzip
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from education.models import Guide, Page
from education.publishing import quoted_changes, translation_status, workflow

from . import factory

pytestmark = pytest.mark.django_db
FOLD = re.compile(
    r'<details class="disclosure no-print">\s*<summary>(?:What changed in the|Apa yang berubah dalam).*?</details>',
    re.S,
)
MOST_BYTES = 2_000  # compressed, of the longest fold


def fold(answer) -> str:
    """The fold of a page, empty if there is none."""
    found = FOLD.search(answer.text)
    return found[0] if found else ""


def quotes(answer) -> list[tuple[str, str, str]]:
    """The quotations: the element, its language and its words."""
    return re.findall(r'<(ins|del) lang="(\w+)">(.*?)</', fold(answer))


@pytest.mark.parametrize(
    ("language", "source", "column", "name"),
    [("en", "id", "ind", "Indonesian"), ("id", "en", "en", "bahasa Inggris")],
)
def test_reader_reads_the_changed_sentence_before_and_now(publish, visit, language, source, column, name):
    guide = factory.guide(**{f"body_{column}": "<p>Satu. Dua.</p>"})
    page = visit(publish(guide, **{f"body_{column}": "<p>Satu. Tiga.</p>"}), language)
    assert quotes(page) == [("del", source, "Dua."), ("ins", source, "Tiga.")]
    assert name in fold(page).partition("</summary>")[0]


def test_changed_link_is_named_by_its_address(publish, visit):
    guide = factory.guide(body_ind='<p>Satu. <a href="https://lama.example/">Di sini</a>.</p>')
    page = visit(publish(guide, body_ind='<p>Satu. <a href="https://baru.example/">Di sini</a>.</p>'), "en")
    assert [words for _tag, _language, words in quotes(page)] == [
        "Di sini → https://lama.example/.",
        "Di sini → https://baru.example/.",
    ]
    assert "<a " not in fold(page)


def test_marks_and_pictures_are_no_changed_sentence(publish, visit):
    guide = factory.guide(body_ind="<p>Satu. Dua.</p>")
    page = visit(publish(guide, body_ind="<p><strong>Satu.</strong> Tiga.</p>"), "en")
    assert [words for _tag, _language, words in quotes(page)] == ["Dua.", "Tiga."]


def test_nothing_is_quoted_once_it_is_still_correct(behind, visit, person):
    assert quotes(visit(behind, "en"))
    (gap,) = translation_status.outdated_entries(behind)
    workflow.perform(behind, "confirm", person("editor"), confirmed={gap.name})
    assert not fold(visit(behind, "en"))


def test_sensitive_page_quotes_only_the_words_of_now(publish, visit):
    guide = factory.guide(sensitive=True, body_ind="<p>Satu. Rahasia.</p>")
    factory.fits(guide, factory.helpline("sapa-129", "129"))
    page = visit(publish(guide, body_ind="<p>Satu. Tiga.</p>"), "en")
    assert quotes(page) == [("ins", "id", "Tiga.")]
    assert "Rahasia." not in page.text


def test_sensitive_page_says_nothing_of_a_removed_sentence(publish, visit):
    guide = factory.guide(sensitive=True, body_ind="<p>Satu. Rahasia.</p>")
    factory.fits(guide, factory.helpline("sapa-129", "129"))
    page = visit(publish(guide, body_ind="<p>Satu.</p>"), "en")
    assert "is newer" in page.text
    assert not fold(page)
    assert "Rahasia." not in page.text


@pytest.mark.parametrize("before", [True, False])
def test_words_of_a_sensitive_time_stay_unquoted(publish, visit, before):
    guide = factory.guide(sensitive=before, body_ind="<p>Satu. Rahasia.</p>")
    factory.fits(guide, factory.helpline("sapa-129", "129"))
    guide = publish(guide, sensitive=not before, body_ind="<p>Satu. Tiga.</p>")
    assert quotes(visit(guide, "en")) == [("ins", "id", "Tiga.")]
    assert quotes(visit(publish(guide, sensitive=False, often_needed=True), "en")) == [("ins", "id", "Tiga.")]


def test_guide_of_a_sensitive_topic_quotes_only_the_words_of_now(publish, visit):
    guide = factory.guide(topic=factory.topic(sensitive=True), body_ind="<p>Lama.</p>")
    assert quotes(visit(publish(guide, body_ind="<p>Baru.</p>"), "en")) == [("ins", "id", "Baru.")]


def test_words_of_a_draft_are_never_quoted(behind, visit, person):
    draft = workflow.pending_or_live(behind) | {"body_ind": "<p>Rahasia.</p>"}
    workflow.save_proposal(behind, person("author"), draft)
    assert [words for _tag, _language, words in quotes(visit(behind, "en"))] == ["Lama.", "Baru."]


def test_text_that_readers_never_had_is_not_quoted(publish, visit, monkeypatch):
    now = timezone.now
    guide = factory.guide(publish_at=now() + timedelta(hours=1), body_ind="<p>Lama.</p>")
    guide = publish(guide, body_ind="<p>Baru.</p>")
    monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(hours=2))
    page = visit(guide, "en")
    assert "is newer" in page.text
    assert not fold(page)


def test_text_of_a_language_that_readers_did_not_have_is_not_quoted(publish, visit):
    guide = factory.guide(title_ind="", body_ind="<p>Lama.</p>")
    page = visit(publish(guide, title_ind="Judul", body_ind="<p>Baru.</p>"), "en")
    assert "is newer" in page.text
    assert not fold(page)


@pytest.mark.parametrize("changes", [{}, {"body_ind": "<p>Ketiga.</p>"}])
def test_text_of_a_page_that_was_taken_down_is_not_quoted(behind, publish, visit, person, changes):
    guide = workflow.perform(behind, "archive", person("editor", "kedua"), note="Salah.")
    guide = publish(guide, **changes) if changes else workflow.perform(guide, "restore", person("publisher", "kedua-p"))
    page = visit(guide, "en")
    assert "is newer" in page.text
    assert not fold(page)


def test_text_that_changed_while_the_page_was_down_is_not_quoted(publish, visit, person):
    guide = factory.guide(body_ind="<p>Salah.</p>")
    guide = workflow.perform(guide, "archive", person("publisher", "kedua"), note="Salah.")
    assert not fold(visit(publish(guide, body_ind="<p>Baru.</p>"), "en"))


def test_long_changes_are_cut_and_say_so(publish, visit):
    old, new = (
        "".join(f"<p>{word} {place} {'kata ' * 400}.</p><p>Sama {place}.</p>" for place in range(9))
        for word in ("Lama", "Baru")
    )
    guide = factory.guide(body_ind=old)
    plain = visit(guide, "en").content
    page = visit(publish(guide, body_ind=new), "en")
    found = quotes(page)
    assert len(found) == 2 * quoted_changes.MOST_QUOTED
    assert max(len(words) for _tag, _language, words in found) <= quoted_changes.MAX_LENGTH
    assert "More has changed" in fold(page)
    assert len(gzip.compress(page.content)) - len(gzip.compress(plain)) <= MOST_BYTES


def test_changed_situation_of_a_quiz_is_quoted(publish, visit):
    quiz = factory.quiz()
    publish(quiz, scenarios=[factory.SCENARIO | {"guide": None, "situation_ind": "Lain."}])
    assert quotes(visit(quiz, "en")) == [("del", "id", "Ada pesan."), ("ins", "id", "Lain.")]


def test_quotation_of_a_fixed_page_has_its_placeholders_filled_in(publish, visit, settings):
    page = factory.page(body_ind="<p>Lama.</p>")
    publish(page, body_ind="<p>Tulis ke {operator_contact}.</p>")
    text = fold(visit(Page.objects.get(pk=page.pk), "en"))
    assert "Tulis ke" in text
    assert "{" not in text


def test_quotation_is_escaped(publish, visit):
    guide = factory.guide(title_ind="Lama")
    assert "&lt;script&gt;Baru" in fold(visit(publish(guide, title_ind="<script>Baru"), "en"))


def test_kept_page_gets_the_new_quotation(behind, publish, reader, there):
    address = there("education:guide", behind.slug_en, language="en")
    assert b"Baru." in reader.get(address).body
    publish(behind, body_ind="<p>Lebih baru.</p>")
    body = reader.get(address).body
    assert b"Lebih baru." in body
    assert b"Lama." in body
    assert Guide.objects.get(pk=behind.pk).outdated_fields["body_en"]["public"]
