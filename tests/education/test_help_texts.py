"""Help texts of the form and of first aid: the right person, what editors publish, and the shipped text otherwise."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from education.admin.preview import preview_url
from education.help import help_for, shipped
from education.models import Audience, Guide, HelpBlock, State, Synonym
from education.models.bilingual import LANGUAGES
from education.models.serialization import snapshot
from education.publishing import checks, workflow
from safetycenter import wording
from safetycenter.transitions import NotAllowed

from . import factory
from .help_blocks import block

pytestmark = pytest.mark.django_db
EASY, FORMAL = wording.Wording(easy=True), wording.Wording(formal=True)
FORMAL_EASY = wording.Wording(formal=True, easy=True)
KEPT = "Simpan nama akun, ancamannya, dan nomor rekening."


def errors(item: HelpBlock) -> set[str]:
    """The columns in which the publish checks find an error."""
    return {one.field for one in checks.findings(workflow.candidate_for(item)) if one.level == checks.ERROR}


@pytest.mark.parametrize("key", ["blackmail", "money", "hurt", "life", "other"])
def test_each_tile_opens_a_first_aid(key):
    assert help_for(key, "me", "id").lines != help_for(key, "child", "id").lines


def test_unknown_matter_gets_the_text_for_unsure():
    assert help_for("nothing", "nobody", "id") == help_for("unsure", "me", "id")


def test_tag_gives_the_text_in_the_active_language():
    page = Template('{% load help_texts %}{% help_for "hurt" "me" as aid %}{{ aid.title }}')
    with translation.override("en"):
        assert page.render(Context()) == shipped.variant("offline_harm", "me")["en"]["title"]


def test_published_text_replaces_the_shipped_one():
    block(title_ind="Judul baru")
    assert help_for("sextortion", "child", "id").title == "Judul baru"
    assert help_for("sextortion", "pupil", "id").title == shipped.variant("sextortion", "pupil")["id"]["title"]


@pytest.mark.parametrize("change", [{"state": State.ARCHIVED}, {"state": State.DRAFT}, {"lines_ind": ""}])
def test_unpublished_or_unwritten_text_falls_back(change):
    block(**({"title_ind": "Judul baru"} | change))
    assert help_for("sextortion", "child", "id").title == shipped.variant("sextortion", "child")["id"]["title"]


def test_without_a_database_the_shipped_text_is_shown(monkeypatch):
    def broken():
        raise DatabaseError

    monkeypatch.setattr("education.help.texts._published", broken)
    assert len(help_for("money", "me", "id").lines) == 3


def test_text_that_does_not_fit_its_page_falls_back():
    item = block("safety_danger-me", title_ind="Judul baru", lines_ind="Satu baris saja.")
    assert help_for("safety_danger", "me", "id").title != "Judul baru"
    item.lines_ind = "Satu.\nBisa menelepon?"
    item.save()
    assert help_for("safety_danger", "me", "id").title == "Judul baru"


@pytest.mark.parametrize(
    ("matter", "person", "words"),
    [
        ("money", "me", EASY),
        ("money", "did_it", FORMAL),
        ("account_abuse", "easy", EASY),
        ("account_abuse", "pupil", FORMAL),
    ],
)
def test_tool_is_explained_to_the_same_person(matter, person, words):
    with wording.use(words):
        explained = help_for(matter, person, "id").tool_text
    assert explained.block == shipped.tools()[matter]
    assert explained.person == (person if shipped.variant(explained.block, person) else "me")
    assert help_for("sextortion", person, "id").tool_text is None


def test_words_to_say_are_not_shown_twice():
    block(
        say_ind="Ini bukan salahmu. Aku di sini.", lines_ind="Katakan: “Ini bukan salahmu. Aku di sini.”\nDua.\nTiga."
    )
    assert help_for("sextortion", "child", "id").say == ""
    assert help_for("sextortion", "pupil", "id").say


@pytest.mark.safety("H13")
def test_prescribed_sentence_in_a_text_names_its_rule():
    assert '<span data-rule="H13">Catat nama akun dan tautannya.' in help_for("sextortion", "me", "id").lines[1]
    assert any(f'<span data-rule="H13">{KEPT}' in step for step in help_for("ncii", "me", "id").prescribed)


@pytest.mark.safety("H13")
@pytest.mark.safety("H16")
@pytest.mark.parametrize("person", ["me", "child", "pupil", "friend"])
@pytest.mark.parametrize("block", ["scam", "money"])
def test_who_was_scammed_calls_the_number_on_the_card_first(block, person):
    for language in ("id", "en"):
        assert shipped.locked_sentence("bank_first", person, language) in help_for(block, person, language).lines[0]


def test_prescribed_sentence_stays_whatever_is_saved():
    item = block(steps_ind="Tanpa kalimat itu.")
    assert any(KEPT in step for step in help_for("sextortion", "child", "id").steps)
    assert "steps_ind" in errors(item)


@pytest.mark.parametrize(
    ("name", "column", "text"),
    [
        ("sextortion-child", "title_ind", "Kamu tidak sendirian"),
        ("sextortion-me", "title_ind", "Anda tidak sendirian"),
        ("sextortion-did_it", "title_ind", "Ini bukan salahmu"),
        ("sextortion-me", "lines_ind", "Satu baris saja {evidence}"),
        ("sextortion-child", "lines_ind", "\n".join(["kata " * 14] * 3)),
        ("sextortion-friend", "tool", "picture_minor"),
        ("sextortion-me", "steps_ind", "{may_spread}\nHubungi nomor di bawah."),
        ("safety_danger-me", "lines_ind", "Satu.\nDua.\nTiga."),
    ],
)
def test_check_refuses_what_does_not_fit_the_reader(name, column, text):
    assert errors(block(name)) == set()
    HelpBlock.objects.all().delete()
    assert column in errors(block(name, **{column: text}))


def test_its_author_cannot_publish_a_help_text(person):
    item, publisher = block(), person("publisher")
    workflow.save_proposal(item, publisher, snapshot(item) | {"title_ind": "Judul lain"})
    with pytest.raises(NotAllowed) as refusal:
        workflow.perform(item, "publish", publisher, note="Aku sendiri.")
    assert str(refusal.value) == workflow.must_not_be_author(item, publisher, LANGUAGES)
    assert HelpBlock.objects.get().title_ind != "Judul lain"


def test_editor_sees_prescribed_sentences_and_cannot_add_a_text(signed_in):
    client = signed_in("editor")
    page = client.get(reverse("admin:education_helpblock_change", args=[block().pk])).text
    assert f"{KEPT} Jangan tangkap layar" in page
    assert client.get(reverse("admin:education_helpblock_add")).status_code == 403


@pytest.mark.parametrize(
    ("reads", "said"),
    [("id", "Pembaca mendapat {} kata; paling banyak 40."), ("en", "Readers get {} words, at most 40.")],
)
def test_form_says_how_many_words_of_first_aid_readers_get(signed_in, reads, said):
    item = block(lines_ind="Satu dua.\n{evidence}\nTiga.", lines_en="One.\nTwo.\nThree.")
    address = reverse("admin:education_helpblock_change", args=[item.pk])
    page = signed_in("editor").get(address, headers={"accept-language": reads}).text
    prescribed = len(shipped.locked_sentence("evidence", "child", "id").split())
    assert [said.format(words) in page for words in (3 + prescribed, 3)] == [True, True]


def test_preview_shows_the_open_text_only_there(client, person):
    item = block()
    workflow.save_proposal(item, person("editor"), snapshot(item) | {"title_ind": "Judul lain"})
    assert "Judul lain" in client.get(preview_url(item, "id")).text
    assert help_for("sextortion", "child", "id").title != "Judul lain"


@pytest.mark.parametrize(("words", "person"), [(EASY, "easy"), (FORMAL, "adult"), (FORMAL_EASY, "adult")])
def test_person_concerned_is_addressed_in_the_wording_of_the_page(words, person):
    block(f"sextortion-{person}", title_ind="Judul baru")
    with wording.use(words):
        assert help_for("blackmail", "me", "id").title == "Judul baru"
        assert help_for("sextortion", "child", "id").person == "child"
        assert help_for("loan", "me", "id").person == "me"  # it has no text in this wording
    assert help_for("sextortion", "me", "id").person == "me"


@pytest.mark.safety("H12", "H13", "H18")
@pytest.mark.parametrize("person", ["easy", "adult"])
def test_text_in_another_wording_keeps_the_prescribed_sentences(person):
    item = block(f"sextortion-{person}", steps_ind="Tanpa kalimat itu.")
    assert "steps_ind" in errors(item)
    words = " ".join(help_for("sextortion", person, "id").steps)
    assert ("bukan salah Anda" if person == "adult" else "bukan salahmu") in words
    assert shipped.required_sentences("sextortion", person) == shipped.required_sentences("sextortion", "me")


def test_long_sentences_in_easier_words_are_pointed_out():
    def said(**texts):
        found = checks.findings(workflow.candidate_for(block("grooming-easy", **texts)))
        HelpBlock.objects.all().delete()
        return [one.text for one in found if "rata-rata" in one.text]

    assert said() == []
    assert "13,0 kata" in said(lines_ind="{trusted_adult}\n" + f"{'kata ' * 13}\n" * 2, steps_ind="{evidence}")[0]


@pytest.mark.safety("H32")
@pytest.mark.parametrize("step", ["Lapor di aplikasi.", "Laporkan akunnya.", "Lalu blokir."])
def test_step_that_somebody_may_notice_is_pointed_out(step):
    name = "cyberbullying-stranger"
    assert [one for one in checks.findings(workflow.candidate_for(block(name))) if step in one.text] == []
    HelpBlock.objects.all().delete()
    found = checks.findings(workflow.candidate_for(block(name, lines_ind=f"Satu.\n{step}\nTiga.")))
    assert [one.field for one in found if step in one.text] == ["lines_ind"]


@pytest.mark.safety("H27")
def test_easier_words_may_name_the_tool_of_ones_own_picture():
    assert errors(block("take_it_down-easy", steps_ind="", steps_en="", tool="picture_minor")) == set()


def guide_for(*audiences: str) -> Guide:
    """A published guide for these audiences."""
    guide = factory.guide()
    guide.audiences.set(audience(key) for key in audiences)
    return guide


def audience(key: str) -> Audience:
    return Audience.objects.filter(key=key).first() or factory.audience(key, slug_ind=key, slug_en=key)


def test_text_that_a_child_may_read_cannot_link_a_guide_for_adults():
    assert "guide" in errors(block("sextortion-me", guide=guide_for("everyone", "women")))
    HelpBlock.objects.all().delete()
    assert errors(block("sextortion-me", guide=guide_for("teens"))) == set()


def test_guide_that_help_texts_link_for_teens_stays_for_teens():
    guide = guide_for("teens")
    block("sextortion-me", guide=guide)
    adults = checks.Candidate(guide, snapshot(guide) | {"audiences": [audience("everyone").pk]}, None)
    assert {one.field for one in checks.findings(adults) if one.level == checks.ERROR} >= {"audiences"}


def test_alert_that_a_child_may_type_pins_a_guide_for_teens():
    adults, teens = guide_for("everyone"), guide_for("teens")
    alert = Synonym(language="id", typed="disakiti", means="disakiti", hurt=True, first=str(adults.number))
    with pytest.raises(ValidationError):
        alert.clean()
    alert.first += f", {teens.number}"
    alert.clean()
