"""Quizzes work without a form, a script or a score."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from education import public_pages
from education.models import Quiz, Revision, State
from education.publishing import workflow
from safetycenter.transitions import NotAllowed
from tests.education.admin_pages import send

from . import factory

pytestmark = pytest.mark.django_db


def test_quiz_choice_has_verdict_and_explanation(visit):
    text = visit(factory.quiz()).text
    first, second = re.findall(r"<details.*?</details>", text.split("<main")[1].split("<aside")[0], re.DOTALL)
    assert "Cek dulu." in first
    assert "Langkah yang aman" in first
    assert "Suaranya kamu kenal." in first
    assert "Belum aman" in second


def test_nothing_can_be_sent_from_a_quiz(visit):
    main = visit(factory.quiz(sensitive=False)).text.split("<main")[1].split("<aside")[0]
    assert "<form" not in main
    assert "<input" not in main
    assert "<script" not in main


def test_choice_links_to_the_guide_of_its_situation(visit):
    guide = factory.guide(title_ind="Panduan lanjutan", sensitive=True)
    text = visit(factory.quiz(leads_to=guide)).text
    assert text.count(f'href="/id/p/{guide.number}/"') == 2
    assert text.count("Panduan lanjutan") == 2


def test_guide_that_readers_cannot_see_gives_way_to_the_topic(visit):
    guide = factory.guide(title_ind="Belum tayang", state=State.DRAFT)
    quiz = factory.quiz(leads_to=guide)
    text = visit(quiz).text
    assert "Belum tayang" not in text
    assert f'href="/id/topik/{quiz.topic.slug_ind}/"' in text


def test_untranslated_situation_is_left_out(visit):
    quiz = factory.quiz()
    quiz.scenarios.create(**(factory.SCENARIO | {"situation_ind": "Hanya di sini.", "because_2_en": ""}))
    assert "Hanya di sini." in visit(quiz).text
    assert "Hanya di sini." not in visit(quiz, "en").text


def test_sensitive_quiz_is_neutral_like_a_guide(client, visit, there):
    quiz = factory.quiz(sensitive=True, title_ind="Kata berat", slug_ind="kata-berat")
    text = visit(quiz).text
    assert "Kata berat" not in re.search(r"<title>(.*?)</title>", text)[1]
    assert 'class="quick-exit"' in text
    listed = client.get(there("education:quizzes")).text
    assert there("education:quiz_by_number", quiz.number) in listed
    assert "kata-berat/" not in listed


def test_plain_quiz_moves_from_its_number_to_its_name(client, there):
    quiz = factory.quiz()
    answer = client.get(there("education:quiz_by_number", quiz.number))
    assert (answer.status_code, answer["Location"]) == (301, there("education:quiz", quiz.slug_ind))


def test_draft_quiz_is_not_listed(client, visit, there):
    quiz = factory.quiz(state=State.DRAFT, title_ind="Belum jadi")
    assert visit(quiz).status_code == 404
    assert "Belum jadi" not in client.get(there("education:quizzes")).text
    assert there("education:quiz", quiz.slug_ind) not in public_pages.paths()


def test_sitemap_and_export_contain_it(there):
    quiz, heavy = factory.quiz(), factory.quiz(sensitive=True)
    paths = public_pages.paths()
    assert there("education:quiz", quiz.slug_en, language="en") in paths
    assert there("education:quiz_by_number", heavy.number) in paths
    assert there("education:quizzes") in paths


@pytest.mark.slow
def test_topic_and_audience_lead_to_their_quizzes(client, visit):
    quiz, audience = factory.quiz(title_ind="Coba yang ini"), factory.audience()
    quiz.audiences.add(audience)
    for item in (quiz.topic, audience):
        assert "Coba yang ini" in visit(item).text
    assert "Coba yang ini" not in visit(factory.topic()).text


@pytest.mark.slow
def test_guide_leads_to_quizzes_only_when_its_topic_has_one(visit):
    factory.term()
    quiz = factory.quiz()
    link = f'href="/id/coba/#t{quiz.topic.order}"'
    assert link in visit(factory.guide(topic=quiz.topic)).text
    assert "/id/coba/" not in visit(factory.guide()).text


@pytest.mark.parametrize(("part", "wrong"), [("because_3_ind", {}), ("verdict_3", {"because_3_ind": "Karena."})])
def test_choice_without_verdict_or_explanation_is_refused(part, wrong):
    scenario = factory.quiz().scenarios.get()
    for name, value in (
        {"choice_3_ind": "Pilihan", "verdict_3": "" if part == "verdict_3" else "think"} | wrong
    ).items():
        setattr(scenario, name, value)
    with pytest.raises(ValidationError) as refusal:
        scenario.clean()
    assert part in refusal.value.message_dict


def test_quiz_without_a_situation_is_not_published(person):
    quiz = factory.quiz(state=State.DRAFT)
    quiz.scenarios.all().delete()
    with pytest.raises(NotAllowed, match="situ"):
        workflow.perform(quiz, "publish", person("publisher"))


def test_revision_keeps_the_situations():
    revision = Revision.objects.record(factory.quiz(), by=None)
    assert revision.data["scenarios"][0]["choice_1_en"] == "Check first."


def test_editor_writes_situations_on_the_page_of_the_quiz(client, person):
    quiz = factory.quiz(state=State.DRAFT)
    client.force_login(person("editor"))
    answer = client.get(reverse("admin:education_quiz_change", args=[quiz.pk]))
    names = {name for form in answer.context["inline_admin_formsets"][0].formset.forms for name in form.fields}
    assert names >= {"situation_ind", "situation_en", "choice_4_en", "verdict_4", "because_4_ind", "guide"}


@pytest.mark.slow
def test_changed_situation_of_a_live_quiz_is_a_proposal(signed_in, visit):
    quiz = factory.quiz()
    quiz.audiences.add(factory.audience())
    send(signed_in("editor"), quiz, **{"scenarios-0-situation_ind": "Kisah yang baru."})
    assert Revision.objects.waiting_proposal(quiz).data["scenarios"][0]["situation_ind"] == "Kisah yang baru."
    assert "Ada pesan." in visit(quiz).text


def test_wording_checks_read_quiz_situations(person):
    quiz = factory.quiz(state=State.DRAFT, topic=factory.topic("grooming"))
    quiz.scenarios.update(because_1_ind="Ajak mereka berdamai.")
    with pytest.raises(NotAllowed, match="berdamai"):
        workflow.perform(quiz, "publish", person("publisher"), note="Read")


def test_starter_quizzes_are_loaded_whole(starter):
    assert Quiz.objects.published().count() >= 6
    for quiz in Quiz.objects.all():
        assert quiz.languages() == ["id", "en"]
        assert all(len(one.choices(code)) >= 3 for one in quiz.scenarios.all() for code in ("id", "en"))
