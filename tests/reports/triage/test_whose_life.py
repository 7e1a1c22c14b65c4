"""Texts of the desk where a life may be at risk: the friend who wrote is not spoken to as the person at risk."""

from io import StringIO

import pytest
from django.core.management import call_command

from reports.cases.lifecycle import perform
from reports.models import ReplyTemplate
from reports.triage.reply_box import _asks_again
from tests.reports.triage.desk_pages import page_of

pytestmark = pytest.mark.django_db
OTHERS = ["friend", "post"]
TO_THE_ONE_AT_RISK, ABOUT_THEM = "menemanimu", "menemani dia"


@pytest.fixture
def page(file, moderator, client):
    """Return a function: the page of a new case about a life, as its handler sees it."""
    call_command("load_replies", stdout=StringIO())
    call_command("load_checklists", stdout=StringIO())
    client.force_login(moderator)
    return lambda **answers: client.get(page_of(perform(_filed(file, answers), "claim", by=moderator)))


def _filed(file, answers):
    return file(**{"category": "self_harm", "age": "adult"} | answers).case


def _text(page) -> str:
    return page.context["message_form"]["text"].value() or ""


@pytest.mark.parametrize("whose", ["me", *OTHERS])
def test_prepared_reply_speaks_of_the_right_life(page, whose):
    text = _text(page(whose_life=whose))
    assert (TO_THE_ONE_AT_RISK in text) is (whose == "me")
    assert ("menulis tentang dia" in text) is (whose != "me")


@pytest.mark.parametrize("whose", OTHERS)
def test_parent_reads_the_formal_text_about_somebody_else(page, whose):
    text = _text(page(whose_life=whose, about="my_child"))
    assert "di dekat Anda" in text
    assert "kamu" not in text


@pytest.mark.parametrize("whose", ["me", *OTHERS])
def test_checklist_and_templates_name_the_right_life(page, whose):
    shown = page(whose_life=whose)
    keys = {line.item.key for line in shown.context["reading"].checklist()}
    other = whose != "me"
    assert keys & {"life-near", "life-near-other"} == {"life-near-other" if other else "life-near"}
    offered = str(shown.context["message_form"].fields["template"].choices)
    assert ("check-in-other:" in offered, "check-in:" in offered) == (other, not other)


def test_box_is_empty_where_no_text_is_about_somebody_else(page):
    ReplyTemplate.objects.filter(life="other").update(active=False)
    assert _text(page(whose_life="friend")) == ""


@pytest.mark.parametrize(("about", "is_filled"), [("me", True), ("friend", False), ("public_post", False)])
def test_text_for_the_person_harmed_is_not_filled_in_for_others(page, about, is_filled):
    assert bool(_text(page(category="cyberbullying", about=about))) is is_filled


@pytest.mark.parametrize(("near", "is_asked"), [("yes", False), ("no", False), ("", True)])
def test_prepared_reply_asks_nothing_that_is_answered(page, near, is_asked):
    text = _text(page(whose_life="me", **({"someone_near": near} if near else {})))
    assert (TO_THE_ONE_AT_RISK in text) is is_asked


@pytest.mark.parametrize("alone", ["yes", "unknown"])
def test_alone_is_not_said_as_nobody_helps(page, alone):
    shown = page(whose_life="friend", alone=alone, someone_near="yes")
    assert "no_helper" not in str(shown.context["case"].reasons)
    assert "sendirian" in shown.text


@pytest.mark.parametrize(("about", "speaks_of_other"), [("friend", True), ("my_child", True), ("me", False)])
def test_life_is_that_of_the_person_the_report_is_about(page, about, speaks_of_other):
    text = _text(page(about=about, whose_life="unknown"))
    assert ("menulis tentang dia" in text) is speaks_of_other


def test_answers_that_share_one_word_do_not_empty_the_box():
    rows = [{"question": "Apakah ada orang dewasa yang tahu?"}]
    assert not _asks_again("Adakah satu orang yang bisa menemanimu?", rows)
    assert _asks_again("Apakah ada orang dewasa di dekatmu yang tahu?", rows)
