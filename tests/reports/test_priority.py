"""Who is seen first: the table of tiers, row by row; points, reasons, and what is restricted."""

from datetime import timedelta

import pytest
from django.utils import translation

from reports import priority
from reports.deadlines import FIRST_REVIEW
from reports.models.case import Case
from reports.priority import POINTS, REASONS, tier
from reports.questions import QUESTIONS
from reports.questions.category import DECLARED

from .questions.tier_table import ADULT, CHILD, TABLE, TEEN, case


@pytest.mark.safety("K1")
def test_table_of_tiers():
    assert [name for name, number, answers in TABLE if tier(answers) != number] == []


HOURS = [1, 4, 24, 72, 168]
# The first list of categories: base severity, severity when a minor is affected, hours until a person looks.
DOMAIN = {
    "csam": ("critical", "critical", 1),
    "child_exploitation": ("critical", "critical", 1),
    "grooming": ("high", "critical", 4),
    "sextortion": ("high", "critical", 1),
    "ncii": ("high", "critical", 4),
    "sexual_harassment": ("medium", "high", 24),
    "cyberbullying": ("medium", "high", 24),
    "threats_stalking": ("high", "critical", 4),
    "doxxing": ("high", "high", 24),
    "account_abuse": ("low", "medium", 72),
    "self_harm": ("critical", "critical", 1),
    "hate_extremism": ("medium", "high", 24),
    "scam": ("medium", "high", 24),
    "gambling_dangerous": ("low", "medium", 72),
    "unsure": ("medium", "high", 24),
}
# K1: docs/priority.md is the only table, so it wins where the two differ. "General scams" of adults are P3. A critical
# matter of a teen is P0 only with a reason of that table: for these two, contact, a meeting, a plan or being under 13.
CORRECTED_HOURS = {"scam": 72}
P0_WITH_A_REASON = {
    "grooming": {"still_contact": "yes"},
    "threats_stalking": {"threatened_with": ["violence"], "time_and_place": "yes"},
}
MINORS = ["under_13", "13_15", "16_17", "unknown", ""]


@pytest.mark.safety("K1")
@pytest.mark.parametrize("category", DOMAIN)
def test_every_row_of_the_domain_is_looked_at_in_time(category):
    base, _minor, hours = DOMAIN[category]
    look = FIRST_REVIEW[tier(case(category, **ADULT))]
    assert look <= timedelta(hours=CORRECTED_HOURS.get(category, hours))
    assert base != "critical" or look == FIRST_REVIEW[0]


@pytest.mark.parametrize("age", MINORS)
@pytest.mark.parametrize("category", DOMAIN)
@pytest.mark.sampled(2)
def test_minor_is_never_reviewed_after_an_adult(category, age):
    _base, severity, hours = DOMAIN[category]
    minor, adult = case(category, age=age), case(category, **ADULT)
    assert FIRST_REVIEW[tier(minor)] <= timedelta(hours=hours)
    assert (tier(minor), -priority.score(minor)) <= (tier(adult), -priority.score(adult))
    if severity == "critical":
        assert tier(minor | P0_WITH_A_REASON.get(category, {})) == 0


@pytest.mark.parametrize("category", P0_WITH_A_REASON)
def test_critical_matter_under_13_is_p0_alone(category):
    assert tier(case(category, **CHILD)) == 0


@pytest.mark.parametrize("age", ["adult", *MINORS])
def test_being_hurt_offline_is_p0_or_p1(age):
    assert tier(case("offline_harm", age=age)) <= 1


def test_no_category_is_left_out():
    assert {*DOMAIN, "offline_harm"} == set(DECLARED)


@pytest.mark.parametrize(
    ("answers", "hours"),
    [
        (case("grooming", meeting="soon", **ADULT), 1),
        (case("doxxing", exposed=["home"], **ADULT), 4),
        (case("hate_extremism", call_for_violence="yes", **ADULT), 4),
        (case("account_abuse", account_kind="taken", **ADULT), 24),
    ],
)
def test_exceptions_in_the_domains_last_column(answers, hours):
    assert FIRST_REVIEW[tier(answers)] == timedelta(hours=hours)


@pytest.mark.safety("K1")
def test_first_look_limits():
    assert [look.total_seconds() / 3600 for look in FIRST_REVIEW.values()] == HOURS


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        (case(**TEEN), 25),
        (case(still_going="yes", **ADULT), 30),
        (case("csam", still_online="yes"), 40),
        (case("sexual_harassment", can_contact="yes", **ADULT), 15),
        (case(afraid="yes", **ADULT), 10),
        (case("scam", loan_collector="threatens", **ADULT), 25),
        (case(helper="no", **ADULT), 5),
        (case(**ADULT), 0),
    ],
)
def test_points_of_the_score(answers, points):
    assert priority.score(answers) == points


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        (case(age="unknown"), 13),
        (case(), 13),
        (case(afraid="unknown", **ADULT), 5),
        (case(helper="unsure", **ADULT), 3),
        (case("sexual_harassment", can_contact="unknown", **ADULT), 8),
    ],
)
def test_not_knowing_earns_half_rounded_up(answers, points):
    assert priority.score(answers) == points


def test_points_are_those_of_the_table():
    points = {key: row[0] for key, row in POINTS.items()} | {"unread_reply": 10, "cluster": 5}
    assert points == {
        "minor": 25,
        "ongoing": 15,
        "still_online": 15,
        "in_reach": 15,
        "fear": 10,
        "alone": 5,
        "no_helper": 5,
        "unread_reply": 10,
        "cluster": 5,
    }
    assert {key: REASONS[key][0] for key in points} == points


def test_reasons_are_sentences_for_staff():
    with translation.override("en"):
        says = [str(REASONS[key][1]) for key in priority.reasons(case("ncii", still_online="yes", **TEEN))]
    assert says == ["under 18", "still online"]


def test_tier_is_explained_by_its_own_rules_only():
    assert priority.tier_rules(case("scam", money_sent="yes_24h", **ADULT)) == ["money_today"]


def test_answer_that_calms_takes_back_only_what_was_not_told():
    over = case("sextortion", threats_now="stopped", **ADULT)
    assert "ongoing_unsure" not in priority.reasons(over)
    assert tier(over | {"deadline": "today"}) == 0


@pytest.mark.parametrize("age", ["under_13", "13_15", "16_17", "unknown", ""])
def test_unknown_age_is_a_childs_age(age):
    assert priority.is_minor(case("scam", age=age))


def test_child_material_counts_as_a_child_at_any_age():
    assert priority.is_minor(case("csam", **ADULT))
    assert not priority.is_minor(case("scam", **ADULT))


@pytest.mark.parametrize(
    ("age", "band"), [("13_15", "13_15"), ("adult", "adult"), ("unknown", "unknown"), ("", "unknown")]
)
def test_age_band_is_a_key_of_the_case(age, band):
    assert priority.age_band(case(age=age)) == band
    assert band in Case.AgeBand.values


def test_ages_asked_are_the_bands_of_the_case():
    assert {choice.key for choice in QUESTIONS["age"].choices} == set(Case.AgeBand.values)


@pytest.mark.parametrize("category", DECLARED)
@pytest.mark.parametrize("age", ["adult", "16_17", "unknown", ""])
@pytest.mark.sampled(2)
def test_child_sexual_matters_are_restricted(category, age):
    always = category in {"csam", "child_exploitation", "grooming"}
    when_minor = category in {"sextortion", "ncii", "sexual_harassment"} and age != "adult"
    assert priority.is_restricted(case(category, age=age)) == (always or when_minor)


@pytest.mark.parametrize(
    "answers",
    [
        case("offline_harm", hurt_how=["sexual"], **TEEN),
        case("offline_harm", hurt_how=["not_say"]),
        case("cyberbullying", own_image="yes", **TEEN),
        case("cyberbullying", own_image="unsure", **TEEN),
        case("scam", evidence_sexual_check="yes", **TEEN),
        case("ncii", picture_minor="unknown", **ADULT),
    ],
)
def test_sexual_matter_of_a_child_is_always_restricted(answers):
    assert priority.is_restricted(answers)


def test_sexual_harm_of_an_adult_is_not_hidden_from_the_desk():
    assert not priority.is_restricted(case("offline_harm", hurt_how=["sexual"], **ADULT))


@pytest.mark.parametrize("previous", range(5))
def test_rules_raise_and_never_lower_a_tier(previous):
    assert priority.raised(previous, case("scam", about="public_post")) == min(previous, 4)
    assert priority.raised(previous, case("csam")) == 0
