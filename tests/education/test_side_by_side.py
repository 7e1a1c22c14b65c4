"""The page on which one language is written beside another."""

import re

import pytest
from django.urls import reverse

from education.admin import differences
from education.models import Guide, Revision, State, Term
from education.publishing import workflow
from education.rendering.marked_words import tokens
from safetycenter.kept_form import KEPT_FIELD

from . import factory
from .admin_pages import a_guide, act
from .side_pages import filled, proposed, shown, side_page, write

pytestmark = pytest.mark.django_db


def test_translator_saves_one_field_as_draft_change(signed_in, behind):
    answer = write(signed_in("translator"), behind, press="body_en", body_en="<p>New.</p>")
    assert answer.status_code == 302
    assert proposed(behind)["body_en"] == "<p>New.</p>"
    assert Guide.objects.get(pk=behind.pk).body_en != "<p>New.</p>"


def test_page_shows_only_what_needs_work(signed_in, behind):
    answer = signed_in("translator").get(side_page(behind, show="work"))
    (field,) = shown(answer).values()
    assert (field.cell.name, field.state) == ("body_en", "outdated")
    assert [kind for kind, _words in field.pieces] == ["gone", "new"]


def test_saved_field_no_longer_needs_work(signed_in, behind):
    client = signed_in("translator")
    answer = write(client, behind, press="body_en", body_en="<p>New.</p>")
    assert shown(client.get(answer.url.replace("show=all", "show=work"))) == {}


def test_other_typed_texts_stay_on_the_page(signed_in, behind):
    answer = write(signed_in("translator"), behind, press="body_en", body_en="<p>New.</p>", title_en="Half a ti")
    assert answer.status_code == 200
    assert answer.context["groups"][0].fields[0].typed == "Half a ti"
    assert proposed(behind)["title_en"] == behind.title_en


def test_second_editor_of_a_field_overwrites_nothing(signed_in, person, behind):
    client = signed_in("translator")
    sent = filled(client.get(side_page(behind))) | {"body_en": "<p>Mine.</p>", "save": "body_en"}
    workflow.save_proposal(
        behind, person("editor", "tini"), workflow.pending_or_live(behind) | {"body_en": "<p>Hers.</p>"}
    )
    answer = client.post(side_page(behind), sent)
    field = shown(answer)["body_en"]
    assert "tini" in field.errors[0]
    assert field.bound.value() == "<p>Mine.</p>"
    assert proposed(behind)["body_en"] == "<p>Hers.</p>"
    client.post(side_page(behind), filled(answer) | {"save": "body_en"})
    assert proposed(behind)["body_en"] == "<p>Mine.</p>"


def test_two_editors_of_different_fields_do_not_meet(signed_in, person, behind):
    client = signed_in("translator")
    sent = filled(client.get(side_page(behind))) | {"body_en": "<p>Mine.</p>", "save": "body_en"}
    workflow.save_proposal(behind, person("editor", "tini"), workflow.pending_or_live(behind) | {"title_en": "Hers"})
    assert client.post(side_page(behind), sent).status_code == 302
    assert (proposed(behind)["title_en"], proposed(behind)["body_en"]) == ("Hers", "<p>Mine.</p>")


def test_translation_of_a_moved_source_is_not_saved(signed_in, person, behind):
    client = signed_in("translator")
    sent = filled(client.get(side_page(behind))) | {"body_en": "<p>Mine.</p>", "save": "body_en"}
    workflow.save_proposal(behind, person("author"), workflow.pending_or_live(behind) | {"body_ind": "<p>Lagi.</p>"})
    assert shown(client.post(side_page(behind), sent))["body_en"].typed == "<p>Mine.</p>"
    assert proposed(behind)["body_en"] != "<p>Mine.</p>"


def test_still_correct_is_bound_to_the_words_shown(signed_in, publish, behind):
    client = signed_in("translator")
    name = shown(client.get(side_page(behind, show="work")))["body_en"].confirm
    publish(behind, body_ind="<p>Lain lagi.</p>")
    client.post(side_page(behind), {"confirm": name})
    assert Guide.objects.get(pk=behind.pk).outdated_fields
    fresh = shown(client.get(side_page(behind, show="work")))["body_en"].confirm
    assert client.post(side_page(behind), {"confirm": fresh}).status_code == 302
    assert Guide.objects.get(pk=behind.pk).outdated_fields == {}


def test_confirming_keeps_what_was_typed(signed_in, behind):
    client = signed_in("translator")
    page = client.get(side_page(behind))
    sent = filled(page) | {"confirm": shown(page)["body_en"].confirm, "title_en": "Typed"}
    assert shown(client.post(side_page(behind), sent))["title_en"].typed == "Typed"


def test_change_of_the_source_that_waits_needs_work_too(signed_in, person):
    guide = factory.guide()
    workflow.save_proposal(guide, person("author"), workflow.pending_or_live(guide) | {"title_ind": "Judul lain"})
    (field,) = shown(signed_in("translator").get(side_page(guide, show="work"))).values()
    assert (field.cell.name, field.confirm) == ("title_en", "")


@pytest.mark.parametrize(
    ("role", "to", "writes"), [("translator", "en", True), ("translator", "id", False), ("author", "id", True)]
)
def test_roles_write_their_language_only(signed_in, role, to, writes):
    guide = a_guide()
    client = signed_in(role)
    page = client.get(side_page(guide, to))
    name = f"title_{'ind' if to == 'id' else to}"
    assert (f'name="{name}"' in page.text) is writes
    answer = client.post(
        side_page(guide, to), {name: "Other", f"seen-{name}": shown(page)[name].fingerprint, "save": name}
    )
    assert (answer.status_code, Revision.objects.filter(action="").exists()) == (
        (302, True) if writes else (403, False)
    )


@pytest.mark.slow
def test_reader_of_a_kind_only_reads(signed_in):
    page = signed_in("author").get(side_page(factory.page()))
    assert 'name="save"' not in page.text
    assert page.context["page"].refusal


class TestNotNeeded:
    """A text that one language does without."""

    @pytest.fixture
    def term(self):
        return factory.term(slang_ind="sextort, peras", slang_en="")

    def test_mark_empties_the_matrix(self, signed_in, term):
        client = signed_in("translator")
        client.post(side_page(term), {"not_needed": "slang_en"})
        assert Term.objects.get(pk=term.pk).not_needed.keys() == {"slang_en"}
        assert client.get(reverse("admin:education_languages") + "?work=1").context["kinds"] == []
        field = shown(client.get(side_page(term)))["slang_en"]
        assert (field.state, field.left_out_by) == ("left_out", "translator")

    def test_mark_can_be_undone(self, signed_in, term):
        client = signed_in("translator")
        client.post(side_page(term), {"not_needed": "slang_en"})
        client.post(side_page(term), {"needed": "slang_en"})
        assert shown(client.get(side_page(term)))["slang_en"].state == "missing"

    def test_situations_are_left_out_until_one_is_added(self, signed_in):
        quiz = factory.quiz()
        quiz.scenarios.create(position=1, **factory.SCENARIO | {"situation_en": ""})
        client = signed_in("translator")
        assert 'name="not_needed" value="scenarios_en"' in client.get(side_page(quiz, show="work")).text
        client.post(side_page(quiz), {"not_needed": "scenarios_en"})
        assert shown(client.get(side_page(quiz)))["scenarios-1-situation_en"].state == "left_out"
        assert client.get(reverse("admin:education_languages") + "?work=1").context["kinds"] == []
        quiz.scenarios.create(position=2, **factory.SCENARIO | {"choice_1_en": ""})
        assert shown(client.get(side_page(quiz)))["scenarios-2-choice_1_en"].state == "missing"

    def test_situations_are_needed_after_all(self, signed_in):
        quiz = factory.quiz()
        quiz.scenarios.update(choice_2_en="")
        client = signed_in("translator")
        client.post(side_page(quiz), {"not_needed": "scenarios_en"})
        assert 'name="needed" value="scenarios_en"' in client.get(side_page(quiz)).text
        client.post(side_page(quiz), {"needed": "scenarios_en"})
        assert shown(client.get(side_page(quiz)))["scenarios-0-choice_2_en"].state == "missing"

    @pytest.mark.parametrize("name", ["definition_en", "term_en", "slang_ind", "no_such"])
    def test_required_or_written_text_is_not_left_out(self, signed_in, term, name):
        signed_in("translator").post(side_page(term), {"not_needed": name})
        assert Term.objects.get(pk=term.pk).not_needed == {}


def test_title_gives_a_new_language_its_address(signed_in):
    guide = factory.guide(state=State.DRAFT, **factory.ONLY_INDONESIAN)
    write(signed_in("translator"), guide, press="title_en", title_en="Your account is gone")
    assert Guide.objects.get(pk=guide.pk).slug_en == "your-account-is-gone"


def test_taken_address_is_refused_at_its_field(signed_in):
    other, guide = factory.guide(), factory.guide(state=State.DRAFT)
    answer = write(signed_in("author"), guide, press="slug_en", slug_en=other.slug_en)
    assert other.slug_en in shown(answer)["slug_en"].errors[0]
    assert shown(answer)["slug_en"].bound.value() == other.slug_en


@pytest.mark.parametrize("typed", ["Not a slug!", "x" * 90])
def test_bad_address_stays_in_its_field(signed_in, typed):
    guide = factory.guide(state=State.DRAFT)
    answer = write(signed_in("author"), guide, press="slug_en", slug_en=typed)
    assert shown(answer)["slug_en"].errors
    assert "#field-slug_en" in answer.text
    assert shown(answer)["slug_en"].bound.value() == typed


def test_scripts_are_removed_before_saving(signed_in, behind):
    write(signed_in("translator"), behind, press="body_en", body_en='<p onclick="x()">New<script>x()</script>.</p>')
    assert proposed(behind)["body_en"] == "<p>New.</p>"


def test_headings_keep_their_anchors(signed_in, behind):
    write(signed_in("translator"), behind, body_en="<h2>Baru</h2><p>x</p><h2>Dua</h2><p>New.</p>")
    assert '<h2 id="s2">Dua</h2>' in proposed(behind)["body_en"]


def test_situation_of_a_quiz_is_written_beside_the_other_language(signed_in):
    quiz = factory.quiz()
    write(signed_in("translator"), quiz, press="scenarios-0-situation_en", **{"scenarios-0-situation_en": "New."})
    (row,) = proposed(quiz)["scenarios"]
    assert (row["situation_en"], row["situation_ind"]) == ("New.", "Ada pesan.")


def test_text_sent_after_sign_in_is_shown_and_not_saved(signed_in, behind):
    client = signed_in("translator")
    page = client.get(side_page(behind))
    sent = filled(page) | {
        "title_en": "Typed",
        KEPT_FIELD: "1",
        page.context["writer_field"]["name"]: page.context["writer_field"]["value"],
    }
    assert shown(client.post(side_page(behind), sent))["title_en"].bound.value() == "Typed"
    assert Revision.objects.waiting_proposal(behind) is None


@pytest.mark.parametrize("start", ["matrix", "form", "my work"])
def test_side_page_is_two_loads_away(signed_in, behind, start):
    starts = {
        "matrix": reverse("admin:education_languages"),
        "form": reverse("admin:education_guide_change", args=[behind.pk]),
        "my work": reverse("admin:index"),
    }
    address = reverse("admin:education_guide_sides", args=[behind.pk])
    assert f'href="{address}?to=en' in signed_in("translator").get(starts[start]).text


def test_side_page_needs_few_queries(signed_in, behind, django_assert_max_num_queries):
    client = signed_in("translator")
    client.get(side_page(behind))
    with django_assert_max_num_queries(12):
        client.get(side_page(behind, show="work"))


class TestMarkedWords:
    """What the comparison of two rich texts shows besides the words."""

    def test_bold_is_said_in_words(self):
        pieces = differences.text_diff("<p>Jangan bayar.</p>", "<p>Jangan <strong>bayar.</strong></p>")
        assert ("new", "<strong>bayar.</strong>") in pieces
        assert [kind for kind, _words in pieces].count("note") == 1

    def test_bullets_that_become_numbers_differ(self):
        old, new = ("".join(f"<{tag}><li>A</li><li>B</li></{tag}>") for tag in ("ul", "ol"))
        assert differences.text_diff(old, new)[:2] == [("gone", "•"), ("new", "1.")]

    def test_address_of_a_link_stands_after_its_words(self):
        assert (
            "".join(token.text for token in tokens('<p>Buka <a href="/id/p/17/">ini</a>.</p>'))
            == "Buka ini → /id/p/17/."
        )

    def test_paragraphs_of_the_editor_are_no_difference(self):
        assert differences.is_same("<ul><li>A</li></ul>", "<ul><li><p>A</p></li></ul>")

    def test_words_from_a_text_are_escaped(self):
        words = differences.text_diff("<p>a</p>", "<p>a <strong>&lt;script&gt;</strong></p>")[-1][1]
        assert re.fullmatch(r".*&lt;script&gt;.*", str(words))


def test_guide_goes_through_all_hands(client, person):
    hands = {role: person(role, f"hand-{role}") for role in ("author", "translator", "publisher")}
    guide = a_guide()

    def as_role(role):
        client.force_login(hands[role])
        return client

    write(as_role("author"), guide, "id", press="body_ind", body_ind="<h2>Satu</h2><p>Keluar dari semua perangkat.</p>")
    act(as_role("publisher"), guide, "publish")
    page = as_role("translator").get(side_page(guide, show="work"))
    field = shown(page)["body_en"]
    assert f'name="confirm" value="{field.confirm}" data-confirm' in page.text
    answer = client.post(side_page(guide, show="work"), filled(page) | {"confirm": field.confirm}, follow=True)
    assert Guide.objects.get(pk=guide.pk).outdated_fields == {}
    assert shown(answer) == {}
