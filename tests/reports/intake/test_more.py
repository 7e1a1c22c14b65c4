"""What a reporter adds after the code: sealed apart, it raises and never lowers, and nothing from before is shown."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from reports.cases import fingerprints
from reports.cases.lifecycle import perform
from reports.crypto.sealed_session import SealedSession
from reports.crypto.vault.box import UnreadableError
from reports.crypto.vault.keyring import Keyring
from reports.intake.more import DECIDING
from reports.models import Case, Category, DataKey
from reports.models.addition import all_answers
from reports.questions import QUESTIONS
from reports.questions.category import DECLARED
from reports.scheduled_tasks import renew_keys
from tests.reports.actions import resolve
from tests.reports.followup.visitor import open_with, url
from tests.reports.reminders import confirm_sender

from .adding import ONE_SENTENCE, add, add_file, is_over, left, sent
from .reporter import told

pytestmark = pytest.mark.django_db
HERE = {"Sec-Fetch-Site": "same-origin"}


def answers_of(case: Case) -> dict:
    case = Case.objects.get(pk=case.pk)
    return all_answers(case, case.staff_keyring())


def sent_from_a_tile(reporter) -> Case:
    """Send a report that began with blackmail on the first page: nobody has asked about danger."""
    reporter.client.post(reporter.url("first_aid", number=14), headers=HERE)
    reporter.tell(about="me", category="sextortion", age="16_17", words="Dia mengancam.")
    reporter.send()
    reporter.client.post(reporter.url("code"))
    return Case.objects.get()


def added() -> int:
    """How many answers were added."""
    return DataKey.objects.filter(sealed__isnull=False).count()


@pytest.fixture
def case(reporter) -> Case:
    """A sent report whose code was noted."""
    return sent(reporter)


def test_added_answer_is_sealed_into_the_case(reporter, case):
    before = bytes(case.answers)
    add(reporter, "platform", "tiktok")
    assert answers_of(case) == ONE_SENTENCE | {"safety": "safe", "platform": "tiktok"}
    case.refresh_from_db()
    assert (bytes(case.answers), case.platform) == (before, "tiktok")


def test_page_of_own_data_counts_what_was_added(reporter):
    told(reporter).send()
    code = reporter.filed().receipt.code
    reporter.client.post(reporter.url("code"))
    add(reporter, "platform", "tiktok")
    assert "1 jawaban yang kamu tambahkan" in open_with(code).get(url("own_data")).text


def test_session_holds_no_key_that_opens_the_report(reporter, case):
    add(reporter, "platform", "tiktok")
    session = reporter.draft_session
    assert session.keyring is None
    assert not session.row.answers
    assert not session.row.wrapped
    ring = Keyring(case.pk, b"x" * 32, dict(case.keyring(b"x" * 32).wrapped))
    for name in ring.wrapped:
        with pytest.raises(UnreadableError):
            ring.key(name)
    assert "Mereka" not in str(session.data)
    assert not {"same_school", "words"} & session.data["more"]["facts"].keys()


def test_everything_without_an_answer_is_offered(reporter, case):
    asked = left(reporter)
    assert {"platform", "how_often", "account_or_link", "helper", "help_wanted", "old_report"} <= {*asked}
    assert not {"safety", *ONE_SENTENCE} & {*asked}
    assert asked[-1] == "old_report"


def test_answer_that_makes_it_urgent_raises_and_renews_the_promise(reporter, case):
    response = add(reporter, "same_school", "teacher")
    assert response.url == reporter.url("more")
    raised = Case.objects.get()
    assert (raised.tier, raised.tier_rules) == (0, ["guards_child"])
    assert raised.due_at < case.due_at - timedelta(hours=2)
    assert [event.action for event in raised.events.all()] == ["submitted", "reporter_added"]
    assert raised.events.filter(notice__isnull=False).count() == 1


def test_reassuring_answers_lower_nothing(reporter):
    case = sent(reporter, about="me", category="sextortion", words="Dia mengancam.")
    for key, answer in (("age", "adult"), ("threats_now", "stopped"), ("picture_minor", "no")):
        add(reporter, key, answer)
    after = Case.objects.get()
    assert (after.tier, after.score, after.restricted, after.age_band) == (0, case.score, True, "unknown")
    assert after.due_at == case.due_at
    assert after.queue_key_at <= case.queue_key_at


def test_answer_about_a_child_takes_the_case_from_who_may_not_see_it(reporter, moderator, child_safety):
    case = sent(reporter, about="me", category="cyberbullying", words="Mereka mengejek aku.")
    perform(case, "claim", by=moderator)
    add(reporter, "own_image", "yes")
    restricted = Case.objects.get()
    assert (restricted.restricted, restricted.handler, restricted.state) == (True, None, "triage")
    assert not Case.objects.visible_to(moderator).exists()
    assert Case.objects.visible_to(child_safety).exists()


def test_conflict_of_interest_withholds_at_once(reporter, moderator, person):
    lead = person("outside-lead")
    case = sent(reporter)
    perform(case, "claim", by=moderator)
    add(reporter, "staff_conflict", "yes")
    withheld = Case.objects.get()
    assert (withheld.withheld, withheld.restricted, withheld.handler) == (True, False, None)
    assert not Case.objects.visible_to(moderator).exists()
    assert Case.objects.visible_to(lead).exists()


def test_words_about_dying_raise_and_show_help_once(reporter, case):
    assert add(reporter, "school_fear", "yes").url == reporter.url("more")
    add(reporter, "account_or_link", "@budi aku mau mati")
    page = reporter.client.get(reporter.url("more")).text
    assert "IGD rumah sakit" in page
    reporter.client.post(reporter.url("more"), {"help": "1"})
    assert "IGD rumah sakit" not in reporter.client.get(reporter.url("more")).text
    assert (Case.objects.get().tier, Case.objects.get().risk_flag) == (0, True)


@pytest.mark.parametrize("button", ["skip", "finish", "stay"])
def test_words_about_dying_raise_whatever_is_pressed(reporter, case, button):
    add(reporter, "account_or_link", "aku mau mati", **{button: "1"})
    assert Case.objects.get().risk_flag
    assert "account_or_link" not in answers_of(case)
    assert "risk" in answers_of(case)


def test_pages_never_show_an_earlier_answer(reporter):
    sent(reporter, **ONE_SENTENCE | {"words": "Namanya Kenari."})
    for _number in range(30):
        page = reporter.client.get(reporter.url("more"))
        if page.status_code == 303:
            break
        assert "Kenari" not in page.text
        key = re.search(r'name="question" value="(\w+)"', page.text)[1]
        add(reporter, key, "Bangau", skip="1")
    assert page.url == reporter.url("done")
    assert is_over(reporter)


def test_press_sent_twice_adds_once(reporter, case):
    add(reporter, "account_or_link", "@pengejek")
    again = add(reporter, "account_or_link", "@pengejek")
    assert again.url == reporter.url("more")
    assert added() == 1


def test_second_window_gets_its_words_back(reporter, case):
    add(reporter, "account_or_link", "@pengejek")
    page = add(reporter, "account_or_link", "Akun yang lain: @pengejek_dua")
    assert page.status_code == 409
    assert "@pengejek_dua" in page.text
    assert added() == 1


def test_finish_in_a_second_window_still_reads_words_about_dying(reporter, case):
    add(reporter, "account_or_link", "@pengejek")
    assert add(reporter, "account_or_link", "aku mau mati", finish="1").url == reporter.url("done")
    assert Case.objects.get().risk_flag


def test_new_danger_raises_a_case_that_staff_have_lowered(reporter, child_safety):
    case = sent_from_a_tile(reporter)
    perform(perform(case, "claim", by=child_safety), "set_tier", by=child_safety, tier=2, reason="Sudah aman.")
    add(reporter, "platform", "tiktok")
    assert Case.objects.get().tier == 2
    add(reporter, "safety", "danger")
    assert Case.objects.get().tier == 0


def test_age_told_later_counts_with_the_category_of_staff(reporter, moderator):
    case = sent(reporter, about="me", category="scam", money_sent="no", words="Uangku tidak kembali.")
    chosen = Category.objects.get(pk="sexual_harassment")
    perform(
        perform(case, "claim", by=moderator), "change_category", by=moderator, category=chosen, reason="Kata seksual."
    )
    add(reporter, "age", "under_13")
    assert (Case.objects.get().tier, Case.objects.get().restricted) == (0, True)


def test_form_without_a_file_changes_nothing_in_the_case(reporter):
    case = sent(reporter, about="me", category="scam", age="adult", money_sent="no", words="Uangku tidak kembali.")
    reporter.client.post(reporter.url("more"), {"question": "evidence"})
    assert [event.action for event in case.events.all()] == ["submitted"]
    assert "evidence" not in left(reporter)


def test_old_window_does_not_delete_a_newer_draft(reporter, case):
    reporter.client.post(reporter.url("leave"), headers=HERE)
    reporter.begin()
    page = add(reporter, "account_or_link", "Akunnya @pengejek_itu di sana")
    assert (page.status_code, "@pengejek_itu" in page.text) == (410, True)
    assert reporter.draft


def test_finish_deletes_what_adding_needs(reporter, case):
    add(reporter, "platform", finish="1")
    assert is_over(reporter)
    done = reporter.client.get(reporter.url("done")).text
    assert reporter.url("more") not in done
    assert add(reporter, "platform", "tiktok").url == reporter.url("done")
    assert not added()


def test_leaving_deletes_the_session(reporter, case):
    reporter.client.post(reporter.url("leave"), headers=HERE)
    assert not SealedSession.objects.exists()
    assert add(reporter, "platform", "tiktok").status_code == 410


def test_words_sent_after_20_minutes_come_back_unsent(reporter, case, clock):
    clock(minutes=21)
    page = add(reporter, "account_or_link", "Akunnya @pengejek_itu di sana")
    assert page.status_code == 410
    assert "@pengejek_itu" in page.text
    assert not added()


@pytest.mark.parametrize("action", ["code_found", "new_code"])
def test_other_code_ends_adding(reporter, case, action):
    secret = b"another salt"
    changes = {"secret_salt": secret} if action == "new_code" else {}
    add(reporter, "platform", "tiktok")
    Case.objects.update(**changes) if changes else perform(case, "freeze")
    assert add(reporter, "how_often", "daily").url == reporter.url("done")
    assert is_over(reporter)
    assert added() == 1


def test_closed_case_returns_to_the_queue(reporter, case, moderator):
    case = perform(case, "claim", by=moderator)
    case = resolve(perform(case, "reply", by=moderator, text="Ini."), moderator)
    perform(case, "close", by=moderator, outcome="helped")
    add(reporter, "how_often", "daily")
    case.refresh_from_db()
    assert (case.state, case.unread_reply, case.closed_at) == ("triage", True, None)


def test_added_answer_to_a_withdrawn_case_waits_for_a_lead(reporter, case):
    perform(case, "withdraw", coerced="no")
    Case.objects.update(erasure_needs_lead=False)
    add(reporter, "how_often", "daily")
    case.refresh_from_db()
    assert case.erasure_needs_lead


def test_files_obey_the_rule_of_pictures(reporter, case):
    add_file(reporter)
    assert not case.evidence.exists()
    add(reporter, "evidence_sexual_check", "no")
    add_file(reporter)
    item = case.evidence.get()
    assert len(case.staff_keyring().key(item.key_name)) == 32


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_no_file_after_a_naked_picture(reporter, case, answer):
    add(reporter, "evidence_sexual_check", answer)
    add_file(reporter)
    assert not case.evidence.exists()
    assert "evidence" not in left(reporter)


def test_no_file_in_a_sexual_matter_of_a_child(reporter):
    case = sent(reporter, about="me", category="sexual_harassment", age="13_15", words="Dia menulis hal aneh.")
    assert not {"evidence", "evidence_sexual_check"} & {*left(reporter)}
    add(reporter, "evidence_sexual_check", "no")
    add_file(reporter)
    assert not case.evidence.exists()


def test_age_told_later_opens_no_way_for_pictures(reporter):
    case = sent(reporter, about="me", category="scam", money_sent="no", words="Uangku tidak kembali.")
    add(reporter, "age", "adult")
    add_file(reporter)
    assert not case.evidence.exists()


def test_category_chosen_later_brings_its_rules(reporter):
    case = sent(reporter, about="me", age="adult", words="Ada yang aneh.")
    add(reporter, "category", "csam")
    case.refresh_from_db()
    assert (case.files_forbidden, case.restricted, case.tier) == (True, True, 0)
    assert "still_online" in left(reporter)


def test_added_account_is_indexed(reporter, case):
    Case.objects.update(indexed=True)
    add(reporter, "account_or_link", "@pengejek")
    assert not Case.objects.get().indexed


def test_report_that_began_with_a_tile_is_asked_about_danger(reporter):
    sent_from_a_tile(reporter)
    assert left(reporter)[0] == "safety"
    add(reporter, "safety", "danger")
    assert "tel:110" in reporter.client.get(reporter.url("more")).text
    assert "danger" in Case.objects.get().tier_rules


def test_new_keys_of_the_desk_keep_what_is_added_before_and_after(reporter):
    case = sent(reporter, about="me", category="cyberbullying", words="Mereka mengejek aku.")
    old = case.staff_keyring()
    add(reporter, "own_image", "yes")
    assert renew_keys() == 1
    add(reporter, "platform", "tiktok")
    restricted = Case.objects.get()
    assert {("own_image", "yes"), ("platform", "tiktok")} < answers_of(restricted).items()
    assert restricted.staff_audience == "child_safety"
    with pytest.raises(UnreadableError):
        all_answers(restricted, Keyring(case.pk, old.case_key, restricted.staff_keyring().wrapped))


def test_replaced_addition_is_noticed_at_the_desk(reporter, case):
    add(reporter, "platform", "tiktok")
    assert not fingerprints.replaced(case)
    DataKey.objects.filter(sealed__isnull=False).update(sealed=b"x")
    assert fingerprints.replaced(Case.objects.get()) == [DataKey.objects.get(sealed=b"x").name]


def test_desk_without_the_key_says_so(reporter, case, moderator, client, settings, tmp_path):
    add(reporter, "account_or_link", "@pengejek_kenari")
    perform(case, "claim", by=moderator)
    client.force_login(moderator)
    address = reverse("admin:reports_case_page", args=[case.reference])
    assert "pengejek_kenari" in client.get(address).content.decode()
    keys = Path(settings.KEYS_DIR)
    copied = shutil.copytree(keys, tmp_path / "fewer")
    (copied / "desk.private").unlink()
    settings.KEYS_DIR = copied
    assert "pengejek_kenari" not in client.get(address).content.decode()


def test_facts_kept_for_later_are_all_that_decides_what_is_asked():
    read = set()

    class Watched(dict):
        def get(self, key, default=None):
            read.add(key)
            return super().get(key, default)

        def __contains__(self, key):
            read.add(key)
            return super().__contains__(key)

    for category in DECLARED:
        for about in ("me", "my_own_doing"):
            answers = Watched(category=category, about=about, own_image="unsure", whose_picture="me", age="adult")
            for question in QUESTIONS.values():
                question.when(answers)
                question.later(answers)
                question.worded_for(answers)
    assert read - {"image_told"} <= DECIDING


@pytest.mark.safety("H20")
def test_reminders_are_asked_for_with_the_code_that_was_shown_only(reporter, case, settings):
    confirm_sender(settings)
    assert reporter.client.get(reporter.url("reminder")).status_code == 200
    perform(case, "freeze")
    assert reporter.client.get(reporter.url("reminder")).url == reporter.url("check")
