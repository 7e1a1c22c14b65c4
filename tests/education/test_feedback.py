"""One-tap feedback: counted once, from this site only, without data about the reader."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education import feedback
from education.helplines import selection
from education.models import DeadNumberReport, HelpfulVote, Helpline, Revision
from education.models.revision import Status
from safetycenter.page_cache import cache_version
from tests.education.admin_pages import act, change_page, send

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HERE = {"Sec-Fetch-Site": "same-origin"}
ELSEWHERE = [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://lain.example.org"}, {}]


@pytest.fixture
def tap(client, there):
    """``tap("number_not_working", line="sapa-129")``: the answer to one tap, by default from this site."""

    def tap(door, *args, headers=HERE, address="203.0.113.9", language="id", **data):
        path = there(f"education:{door}", *args, language=language)
        return client.post(path, data, headers=headers, REMOTE_ADDR=address)

    return tap


def answers(**fields) -> dict[str, int]:
    """What was counted, by answer."""
    return {row.answer: row.count for row in HelpfulVote.objects.filter(**fields)}


def told_of(guide, answer: str, count: int, revision: int = 0) -> None:
    """``count`` readers gave ``answer`` about ``guide`` today."""
    today = timezone.localdate()
    HelpfulVote.objects.create(guide=guide, language="id", revision=revision, answer=answer, day=today, count=count)


def test_dead_number_is_counted_by_day_and_the_reader_thanked(tap, there):
    line = factory.helpline("garis", "021")
    answer = tap("number_not_working", line="garis")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"{there('education:number_thanks')}?line={line.pk}",
    )
    row = DeadNumberReport.objects.get()
    assert (row.helpline, row.day, row.count) == (line, timezone.localdate(), 1)


def test_one_visitor_counts_once_a_day_however_often_they_tap(tap):
    factory.helpline("garis", "021")
    guide = factory.guide(number=9911)
    for _time in range(20):
        tap("number_not_working", line="garis")
        tap("helpful", guide.number, answer="no")
        tap("helpful", guide.number, answer="yes")
        tap("helpful", guide.number, answer="hard")
    tap("number_not_working", line="garis", address="203.0.113.10")
    assert DeadNumberReport.objects.get().count == 2
    assert answers() == {"no": 1, "hard": 1}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("headers", ELSEWHERE)
def test_feedback_from_another_site_is_not_counted(tap, headers):
    factory.helpline("garis", "021")
    guide = factory.guide()
    first = tap("number_not_working", line="garis", headers=headers)
    second = tap("helpful", guide.number, answer="yes", headers=headers)
    assert (first.status_code, second.status_code) == (303, 303)
    assert not DeadNumberReport.objects.exists()
    assert not HelpfulVote.objects.exists()


@pytest.mark.sampled(3)
@pytest.mark.parametrize("slug", ["", "tidak-ada", "x" * 5000, "a\x00b", "lama"])
def test_unknown_or_retired_line_counts_nothing(tap, slug):
    factory.helpline("lama", "021", status="retired")
    assert tap("number_not_working", line=slug).status_code == 303
    assert not DeadNumberReport.objects.exists()


def test_tap_keeps_no_address_and_sets_no_cookie(tap):
    factory.helpline("garis", "021")
    with CaptureQueriesContext(connection) as queries:
        answer = tap("number_not_working", line="garis", address="203.0.113.77")
    assert not any("203.0.113.77" in query["sql"] for query in queries)
    assert not answer.cookies
    kept = {field.name for model in (DeadNumberReport, HelpfulVote) for field in model._meta.fields}
    assert kept == {"id", "helpline", "guide", "language", "revision", "answer", "day", "count"}


def test_tap_leaves_the_kept_pages_as_they_are(tap):
    factory.helpline("garis", "021")
    guide = factory.guide()
    before = cache_version.current()
    tap("number_not_working", line="garis")
    tap("helpful", guide.number, answer="yes")
    assert cache_version.current() == before


@pytest.mark.parametrize("language", ["id", "en"])
def test_vote_is_counted_for_the_text_and_language_read(tap, language):
    guide = factory.guide()
    Revision.objects.record(guide, by=None)
    Revision.objects.record(guide, by=None)
    Revision.objects.record(guide, by=None, status=Status.WAITING)
    tap("helpful", guide.number, answer="yes", language=language)
    assert answers(language=language, revision=2, day=timezone.localdate()) == {"yes": 1}


def test_vote_on_untranslated_guide_counts_in_its_language(tap):
    guide = factory.guide(**factory.ONLY_INDONESIAN)
    tap("helpful", guide.number, answer="yes", language="en")
    assert answers(language="id") == {"yes": 1}


def test_no_vote_asks_for_a_reason_and_thanks(tap, client, there):
    guide = factory.guide()
    why, thanks = (there(f"education:helpful_{page}", guide.number) for page in ("why", "thanks"))
    assert tap("helpful", guide.number, answer="yes").headers["Location"] == thanks
    assert tap("helpful", guide.number, answer="no").headers["Location"] == why
    page = client.get(why).text
    assert [f'value="{reason}"' in page for reason in HelpfulVote.REASONS] == [True] * 4
    assert not any(field in page for field in ("<textarea", 'type="text"', "<script src"))
    assert tap("helpful", guide.number, answer="hard").headers["Location"] == thanks


@pytest.mark.parametrize("answer", ["", "maybe", "yes\x00"])
def test_unknown_answer_is_not_counted(tap, answer):
    assert tap("helpful", factory.guide().number, answer=answer).status_code == 303
    assert not HelpfulVote.objects.exists()


def test_feedback_on_an_unpublished_guide_is_not_found(tap):
    assert tap("helpful", factory.guide(state="draft").number, answer="yes").status_code == 404


def test_feedback_pages_of_a_sensitive_guide_are_neutral(client, there):
    guide = factory.guide(sensitive=True, title_ind="Sekstorsi", slug_ind="sekstorsi")
    for page in ("why", "thanks"):
        text = client.get(there(f"education:helpful_{page}", guide.number)).text
        assert "ekstorsi" not in text
        assert 'class="quick-exit"' in text
        assert '<meta name="robots" content="noindex">' in text


def test_thanks_page_omits_dead_number_and_starts_with_112(client, there, starter):
    police = Helpline.objects.get(slug="polri-110")
    text = client.get(there("education:number_thanks"), {"line": police.pk}).text.split("<main")[1]
    assert "Layanan Polisi 110" not in text
    assert text.index("Panggilan Darurat 112") < text.index("SAPA 129 (Sahabat")
    assert text.index(police.note_ind) < text.index("Panggilan Darurat 112")
    assert client.get(there("education:number_thanks"), {"line": "x"}).status_code == 404


def test_thanks_page_starts_with_police_without_112(starter):
    gone = Helpline.objects.get(slug="darurat-112")
    assert selection.alternatives_to(gone)[0].helpline.slug == "polri-110"


def test_dead_chat_is_not_offered_as_text_channel(starter):
    gone = Helpline.objects.get(slug="sapa-129")
    assert all(entry.chat_instead is None for entry in selection.alternatives_to(gone))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["helpful_why", "helpful_thanks", "number_thanks", "guide_by_number"])
def test_these_pages_are_kept_and_then_cost_no_query(reader, there, name):
    factory.emergency_set()
    guide = factory.guide(sensitive=True)
    path = there(f"education:{name}", *([] if name == "number_thanks" else [guide.number]))
    first = reader.get(path)
    with CaptureQueriesContext(connection) as queries:
        second = reader.get(path)
    assert (first.status, second.body) == (200, first.body)
    assert [query["sql"] for query in queries if "cacheversion" not in query["sql"]] == []


def readers_say(answer) -> dict:
    """The panel of what readers say on the first page of the desk."""
    return next(panel for panel in answer.context["panels"] if panel["title"] in {"Reader feedback", "Masukan pembaca"})


def test_dead_number_is_first_in_panel_with_count_and_day(signed_in):
    line = factory.helpline("garis", "021", name_ind="Garis", name_en="Line")
    DeadNumberReport.objects.create(helpline=line, day=date(2026, 11, 20), count=2)
    DeadNumberReport.objects.create(helpline=line, day=date(2026, 11, 24), count=1)
    answer = signed_in("editor").get(reverse("admin:index"), headers={"Accept-Language": "en"})
    panel = readers_say(answer)
    assert panel["alarm"]
    assert [row["count"] for row in panel["rows"]] == [3]
    assert "24 November 2026" in panel["rows"][0]["label"]
    assert panel["rows"][0]["address"] == change_page(line)


def dead(*lines) -> None:
    for line in lines:
        feedback.report_dead_number(line)


def names_of_dead() -> list[str]:
    return [one.helpline.slug for one in feedback.dead_numbers()]


@pytest.mark.slow
def test_published_check_clears_dead_number_reports(signed_in):
    line, other = factory.helpline("garis", "021"), factory.helpline("lain", "022")
    dead(line, other)
    send(signed_in("editor"), line, verified_on=timezone.localdate().isoformat())
    assert names_of_dead() == ["garis", "lain"]
    act(signed_in("publisher"), line, "publish")
    assert names_of_dead() == ["lain"]


@pytest.mark.slow
def test_withdrawn_check_clears_no_reports(signed_in):
    line = factory.helpline("garis", "021")
    dead(line)
    client = signed_in("editor")
    send(client, line, verified_on=timezone.localdate().isoformat())
    act(client, line, "withdraw")
    assert names_of_dead() == ["garis"]


@pytest.mark.slow
def test_reports_after_the_check_are_kept(signed_in):
    line = factory.helpline("garis", "021", verified_on=date(2026, 1, 1))
    dead(line)
    yesterday = timezone.localdate() - timedelta(days=1)
    send(signed_in("editor"), line, verified_on=yesterday.isoformat(), name_ind="Nama baru")
    act(signed_in("publisher"), line, "publish")
    assert Helpline.objects.get(pk=line.pk).verified_on == yesterday
    assert names_of_dead() == ["garis"]


@pytest.mark.slow
def test_renamed_helpline_keeps_its_reports(signed_in):
    line = factory.helpline("garis", "021", verified_on=timezone.localdate())
    dead(line)
    send(signed_in("editor"), line, name_ind="Nama baru")
    act(signed_in("publisher"), line, "publish")
    assert names_of_dead() == ["garis"]


def test_bulk_action_marks_helpline_as_reached_today(signed_in):
    line = factory.helpline("garis", "021", verified_on=timezone.localdate())
    feedback.report_dead_number(line)
    data = {"action": "mark_reached_today", "_selected_action": [line.pk]}
    signed_in("editor").post(reverse("admin:education_helpline_changelist"), data)
    line.refresh_from_db()
    assert line.verified_on == timezone.localdate()
    assert feedback.dead_numbers() == []
    assert Revision.objects.for_item(line).count() == 1


def test_editor_notes_no_emergency_number_as_tried(signed_in):
    lines = [factory.helpline("polri-110", "110", emergency=True), factory.helpline("garis", "021")]
    data = {"action": "mark_reached_today", "_selected_action": [line.pk for line in lines]}
    page = signed_in("editor").post(reverse("admin:education_helpline_changelist"), data, follow=True)
    assert [bool(Helpline.objects.get(pk=line.pk).verified_on) for line in lines] == [False, True]
    assert str(lines[0]) in str(next(iter(page.context["messages"])))


def test_thanks_show_no_helpline_that_readers_may_not_see(client, there):
    line = factory.helpline("garis", "021")
    Helpline.objects.filter(pk=line.pk).update(state="draft")
    assert client.get(f"{there('education:number_thanks')}?line={line.pk}").status_code == 404


def test_author_cannot_say_that_a_line_was_reached(signed_in):
    line = factory.helpline("garis", "021")
    feedback.report_dead_number(line)
    data = {"action": "mark_reached_today", "_selected_action": [line.pk]}
    signed_in("author").post(reverse("admin:education_helpline_changelist"), data)
    assert len(feedback.dead_numbers()) == 1


def test_feedback_panel_lists_unhelpful_texts_with_reasons(signed_in):
    bad, fine, seldom = (factory.guide() for _number in range(3))
    for guide, no, yes in ((bad, 6, 8), (fine, 6, 20), (seldom, 4, 0)):
        told_of(guide, "no", no)
        told_of(guide, "yes", yes)
    told_of(bad, "hard", 3)
    assert [(one.guide, one.language, one.unhelpful_total, one.answer_total) for one in feedback.unhelpful_texts()] == [
        (bad, "id", 6, 14)
    ]
    panel = readers_say(signed_in("editor").get(reverse("admin:index")))
    assert not panel["alarm"]
    assert "Sulit dipahami: 3" in panel["rows"][0]["label"] or "Hard to understand: 3" in panel["rows"][0]["label"]


@pytest.mark.parametrize(("minor", "left"), [(False, 0), (True, 1)])
def test_rewritten_text_resets_votes_and_minor_edit_does_not(minor, left):
    guide = factory.guide()
    Revision.objects.record(guide, by=None)
    told_of(guide, "no", 9, revision=1)
    Revision.objects.record(guide, by=None, minor=minor)
    assert len(feedback.unhelpful_texts()) == left


def test_feedback_panel_is_hidden_without_content_role(signed_in):
    feedback.report_dead_number(factory.helpline("garis", "021"))
    for role, shown in (("editor", True), ("moderator", False)):
        panels = signed_in(role).get(reverse("admin:index")).context["panels"]
        assert ("garis" in str([panel.get("rows") for panel in panels])) is shown


def test_counts_of_several_days_are_summed():
    line = factory.helpline("garis", "021")
    for days in range(3):
        DeadNumberReport.objects.create(helpline=line, day=timezone.localdate() - timedelta(days=days), count=2)
    assert [(one.count, one.last) for one in feedback.dead_numbers()] == [(6, timezone.localdate())]
