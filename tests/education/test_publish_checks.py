"""The publish checks: what they find, in which field, and what they require."""

from datetime import timedelta

import pytest
from django.utils import timezone

from education.models import Guide, Quiz, SlugRedirect
from education.publishing import checks, workflow
from education.publishing.checks.destinations import is_dead
from education.publishing.checks.wording import EVIDENCE_SENTENCE
from safetycenter.transitions import NotAllowed

from . import factory

pytestmark = pytest.mark.django_db
LONG = " ".join(["word"] * 21) + "."


def found(guide: Guide, level: str, live: bool = False, **changes) -> set[str]:
    """The fields in which the gate finds something of this level, if ``guide`` said ``changes``."""
    now = workflow.pending_or_live(guide)
    said = checks.Candidate(guide, now | changes, now if live else None)
    return {finding.field for finding in checks.findings(said) if finding.level == level}


@pytest.fixture
def guide():
    return factory.sourced(factory.guide())


@pytest.fixture
def sexual():
    return factory.guide(topic=factory.topic("private-images"))


def test_plain_guide_passes(guide):
    assert checks.findings(workflow.candidate_for(guide)) == []


@pytest.mark.slow
def test_starter_content_has_no_errors(starter):
    for each in Guide.objects.all():
        errors = [f.text for f in checks.findings(workflow.candidate_for(each)) if f.level == checks.ERROR]
        assert errors == [], each


@pytest.mark.slow
@pytest.mark.parametrize("field", ["title_en", "slug_en", "short_answer_en"])
def test_emptying_a_needed_field_of_a_live_language_needs_a_tick(guide, field):
    empty = None if field == "slug_en" else ""
    assert found(guide, checks.CONFIRM, live=True, **{field: empty}) == {field}
    assert found(guide, checks.WARNING, live=False, **{field: empty}) >= {field}


def test_empty_body_blocks_publishing(guide):
    assert found(guide, checks.ERROR, body_ind="") == {"body_ind"}


def test_live_page_that_its_times_would_hide_needs_a_tick(guide):
    past = timezone.now() - timedelta(hours=1)
    assert found(guide, checks.CONFIRM, live=True, archive_at=past) == {"archive_at"}
    assert not found(guide, checks.CONFIRM, live=True, publish_at="2099-01-01T00:00:00Z")


def test_duplicate_slug_blocks_publishing(guide):
    other = factory.guide()
    assert found(guide, checks.ERROR, slug_en=other.slug_en) == {"slug_en"}


def test_sensitive_guide_without_helpline_is_blocked(guide):
    assert found(guide, checks.ERROR, sensitive=True) == {"guidehelpline_set"}
    line = factory.helpline("sapa-129", "129")
    assert not found(guide, checks.ERROR, sensitive=True, guidehelpline_set=[{"helpline": line.pk, "position": 0}])


@pytest.mark.parametrize("field", ["body_en", "easy_en", "checklist_en"])
def test_dead_link_blocks_publishing(guide, field):
    dead = '<a href="/en/guides/no-such-thing/">the guide</a>'
    assert found(guide, checks.ERROR, **{field: dead if field == "checklist_en" else f"<p>{dead}</p>"}) == {field}


@pytest.mark.parametrize(
    ("path", "dead"),
    [
        ("/en/guides/alive/", False),
        ("/id/panduan/alive/", False),
        ("/en/p/9940/", False),
        ("/en/report/", False),
        ("/en/guides/moved/", False),
        ("https://elsewhere.example/x/", False),
        ("tel:129", False),
        ("#part", False),
        ("/en/p/941/", True),
        ("/en/panduan/alive/", True),
        ("/en/nothing/", True),
        ("/en/about/", True),
    ],
)
@pytest.mark.sampled(5)
def test_which_links_are_dead(path, dead):
    guide = factory.guide(number=9940, slug_en="moved")
    guide.slug_en = "alive"
    guide.save()
    assert SlugRedirect.objects.exists()
    assert is_dead(path) is dead


@pytest.mark.safety("H13")
@pytest.mark.parametrize(("language", "word"), [("id", "Simpan buktinya."), ("en", "Keep the evidence.")])
def test_evidence_on_a_sexual_topic_needs_the_one_sentence(sexual, language, word):
    column = "body_ind" if language == "id" else "body_en"
    assert found(sexual, checks.ERROR, **{column: f"<p>{word}</p>"}) == {column}
    assert not found(sexual, checks.ERROR, **{column: f"<p>{word}</p><p>{EVIDENCE_SENTENCE[language]}</p>"})


@pytest.mark.sampled(7)
@pytest.mark.parametrize("number", [22, 23, 26, 31])
@pytest.mark.parametrize("words", ["Keep the evidence.", "Try mediation."])
def test_wording_checks_apply_to_every_sensitive_guide(starter, number, words):
    guide = Guide.objects.get(number=number)
    plain = {"short_answer_en": "Read this.", "checklist_en": "Read.", "easy_en": "", "body_en": "<p>Read.</p>"}
    assert not found(guide, checks.ERROR, **plain)
    assert found(guide, checks.ERROR, **plain | {"body_en": f"<p>{words}</p>"}) == {"body_en"}


def test_evidence_elsewhere_needs_no_sentence(guide):
    assert not found(guide, checks.ERROR, body_en="<p>Keep the evidence.</p>")


@pytest.mark.sampled(3)
@pytest.mark.safety("J2")
@pytest.mark.parametrize("text", ["Pilih jalan damai.", "Ajak dia mediasi.", "Try mediation."])
def test_sexual_topic_never_offers_to_settle(sexual, guide, text):
    assert found(sexual, checks.ERROR, body_ind=f"<p>{text}</p>") == {"body_ind"}
    assert found(sexual, checks.ERROR, easy_ind=f"<p>{text}</p>") == {"easy_ind"}
    assert not found(guide, checks.ERROR, body_ind=f"<p>{text}</p>")


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        f"<p>{LONG}</p>",
        '<p><a href="https://x.example/">Klik di sini</a></p>',
        "<h3>Small</h3><h2>Main</h2>",
        "<p>Short.</p>" * 901,
    ],
)
def test_warnings_need_a_note(guide, body):
    assert found(guide, checks.WARNING, body_en=body) == {"body_en"}


@pytest.mark.safety("J10")
def test_helpline_asking_for_identity_is_not_first_for_teens(guide):
    papers, talk = factory.helpline("iasc", "157", identity="id_card"), factory.helpline("sapa", "129")
    rows = [{"helpline": line.pk, "position": 0} for line in (papers, talk)]
    teens = [factory.audience("teens").pk]
    assert found(guide, checks.WARNING, audiences=teens, guidehelpline_set=rows) == {"guidehelpline_set"}
    assert not found(guide, checks.WARNING, audiences=teens, guidehelpline_set=rows[::-1])
    assert not found(guide, checks.WARNING, guidehelpline_set=rows)


def test_warning_that_the_change_did_not_make_asks_for_nothing(guide, person):
    guide.sources.create(url="https://x.example/", publisher="X")
    workflow.save_proposal(
        guide, person("editor"), workflow.pending_or_live(guide) | {"title_ind": "A", "title_en": "B"}
    )
    assert {found.level for found in checks.findings(workflow.candidate_for(guide))} == {checks.KNOWN}
    assert workflow.perform(guide, "publish", person("publisher")).title_en == "B"


@pytest.mark.parametrize(
    ("text", "now", "level"),
    [
        ("Satu kata. " * 475, "Satu kata. " * 470, checks.KNOWN),  # the figures moved
        (f"{LONG} A {LONG}", LONG, checks.KNOWN),  # one of two is gone
        (LONG, f"{LONG} A {LONG}", checks.WARNING),  # one more
        ("Satu kata. " * 470, "Satu kata. " * 475, checks.WARNING),  # worse
    ],
    ids=["fewer words", "fewer sentences", "one more", "more words"],
)
def test_old_warning_whose_figures_moved_is_not_new(guide, text, now, level):
    before = workflow.pending_or_live(guide)
    live, said = ({**before, "body_ind": f"<p>{one}</p>"} for one in (text, now))
    levels = {one.level for one in checks.findings(checks.Candidate(guide, said, live)) if one.field == "body_ind"}
    assert level in levels
    assert levels <= {level, checks.KNOWN, checks.CONFIRM}


def test_source_that_nobody_checked_is_new_beside_an_old_one(guide):
    live = workflow.pending_or_live(guide)
    old, more = ({"url": f"https://{one}.example/", "publisher": one, "checked_on": None} for one in "xy")
    before, now = ({**live, "sources": [*live["sources"], *rows]} for rows in ([old], [more]))
    levels = [one.level for one in checks.findings(checks.Candidate(guide, now, before)) if one.field == "sources"]
    assert levels == [checks.WARNING]


def test_text_with_long_words_or_sentences_shows_its_figures(guide):
    assert found(guide, checks.WARNING, body_ind=f"<p>{'pemberitahuan ' * 5}{'kata. ' * 200}</p>") == set()
    assert found(guide, checks.WARNING, body_ind=f"<p>{'Kata itu pemberitahuan. ' * 40}</p>") == {"body_ind"}
    assert found(guide, checks.WARNING, body_en=f"<p>{'word ' * 13}. </p>" * 10) == {"body_en"}


def test_lines_of_a_checklist_with_a_link_are_not_one_sentence(guide):
    line = 'Buka pengaturan <a href="https://x.example/">di halaman akun</a> sekarang'
    assert not found(guide, checks.WARNING, checklist_ind="\n".join([line] * 5))


def test_situation_without_its_english_needs_a_note():
    quiz = factory.quiz()
    quiz.scenarios.create(position=1, **factory.SCENARIO | {"situation_en": ""})
    assert found(quiz, checks.WARNING) == {"scenarios"}
    Quiz.objects.filter(pk=quiz.pk).update(not_needed={"scenarios_en": {"rows": 1}})
    assert not found(Quiz.objects.get(pk=quiz.pk), checks.WARNING)


def test_source_that_nobody_checked_needs_a_note(guide):
    *others, source = workflow.pending_or_live(guide)["sources"]
    assert found(guide, checks.WARNING, sources=[*others, source | {"checked_on": None}]) == {"sources"}
    assert not found(guide, checks.WARNING, sources=[*others, source])


def test_steps_in_an_app_that_nobody_tried_need_a_note(guide):
    assert found(guide, checks.WARNING, app="TikTok") == {"app_tried_on"}
    assert not found(guide, checks.WARNING, app="TikTok", app_tried_on="2026-11-24")


def test_change_in_one_language_asks_about_the_other(guide):
    assert found(guide, checks.WARNING, live=True, body_ind="<p>Lain.</p>") == {"body_en"}
    assert not found(guide, checks.WARNING, live=True, body_ind="<p>Lain.</p>", body_en="<p>Another.</p>")


def test_same_words_with_other_marks_are_no_change(guide):
    same = "<h2>Satu</h2>\n<p>Isi  panduan.</p><h2>Dua</h2><p>Isi.</p><h2>Tiga</h2><blockquote><p>Isi.</p></blockquote>"
    assert not found(guide, checks.WARNING, live=True, body_ind=same)


def test_minor_edit_asks_nothing_about_the_other_language(guide, person):
    workflow.save_proposal(
        guide, person("editor"), workflow.pending_or_live(guide) | {"title_ind": "Ejaan"}, minor=True
    )
    assert checks.findings(workflow.candidate_for(guide)) == []


class TestAnswers:
    """What a publisher has to answer before it goes on."""

    def test_errors_cannot_be_confirmed(self, guide):
        said = checks.Candidate(guide, workflow.pending_or_live(guide) | {"body_en": ""}, None)
        with pytest.raises(NotAllowed):
            checks.require(said, "I know.", {"language-en"})

    def test_loss_needs_its_tick(self, guide):
        now = workflow.pending_or_live(guide)
        said = checks.Candidate(guide, now | {"title_en": ""}, now)
        with pytest.raises(NotAllowed, match="English"):
            checks.require(said, "I know.", set())
        checks.require(said, "I know.", {"language-en"})

    def test_warning_needs_a_note(self, guide):
        said = checks.Candidate(guide, workflow.pending_or_live(guide) | {"body_en": f"<p>{LONG}</p>"}, None)
        with pytest.raises(NotAllowed):
            checks.require(said, " ", set())
        checks.require(said, "It quotes a law.", set())


@pytest.mark.slow
def test_no_live_language_is_hidden_by_accident(guide, person):
    workflow.save_proposal(guide, person("editor"), workflow.pending_or_live(guide) | {"title_en": ""})
    publisher = person("publisher")
    with pytest.raises(NotAllowed):
        workflow.perform(guide, "publish", publisher, note="Fine.")
    assert Guide.objects.get(pk=guide.pk).languages() == ["id", "en"]
    guide = workflow.perform(guide, "publish", publisher, note="Fine.", confirmed={"language-en"})
    assert guide.languages() == ["id"]
