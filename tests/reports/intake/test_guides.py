"""Guides after a report and on help pages of the form fit the answers and the reporter; three at most."""

import pytest
from django.template import Context, Template

from education.helplines.selection import wished
from education.models import Audience, Guide, Topic
from reports.intake.recommendations import guides_for, help_for
from reports.models import Category
from tests import launch_content

pytestmark = pytest.mark.django_db
TAG = Template('{% load education %}{% guides_for_reader fit "Panduan" %}')


@pytest.fixture(autouse=True)
def guides(categories):
    """The guides that are shipped."""
    launch_content.load(for_search=False)


def offered(category: str, **answers) -> list[int]:
    """Return the numbers of the guides that a report with these answers offers."""
    answers = {"about": "me", "category": category, "age": "13_15"} | answers
    fit = guides_for(Category.objects.get(pk=category), answers)
    page = TAG.render(Context({"fit": fit}))
    numbers = {guide.number for guide in Guide.objects.all() if f"/{guide.number}/" in page or guide.slug_ind in page}
    assert len(numbers) == page.count("<li>") <= 3
    return sorted(numbers)


def test_guides_speak_to_who_reports():
    for category, answers, numbers in (
        ("cyberbullying", {}, [3, 4]),
        ("cyberbullying", {"about": "my_child"}, [13, 16, 29]),
        ("cyberbullying", {"about": "my_student"}, [18, 30]),
        ("sextortion", {}, [6, 7]),
        ("sextortion", {"age": "adult"}, [27, 28]),
        ("sextortion", {"about": "my_child"}, [13, 16]),
        ("grooming", {"about": "friend"}, [5, 25]),
        ("scam", {"about": "my_child"}, [13, 16, 34]),
        ("offline_harm", {}, [32]),
        ("offline_harm", {"about": "friend"}, [25, 32]),
        ("offline_harm", {"about": "my_student"}, [18, 35]),
        ("scam", {"age": "adult"}, [33, 44, 45]),
        ("threats_stalking", {}, [37]),
        ("threats_stalking", {"age": "adult"}, [22, 51]),
        ("threats_stalking", {"about": "my_child"}, [13, 16, 36]),
    ):
        assert offered(category, **answers) == numbers, (category, answers)


@pytest.mark.slow
def test_no_guide_speaks_to_somebody_else():
    theirs = {"my_child": {"parents"}, "my_student": {"educators"}}
    for about in ("me", "my_child", "my_student", "friend", "public_post"):
        for category in Category.objects.values_list("pk", flat=True):
            wanted = Guide.objects.filter(audiences__key__in=theirs.get(about, {"teens", "everyone"}))
            assert set(offered(category, about=about)) <= set(wanted.values_list("number", flat=True))


@pytest.mark.slow
@pytest.mark.parametrize(("platform", "shown"), [("tiktok", True), ("instagram", False), (None, False)])
def test_guide_about_one_app_is_only_for_what_happened_there(platform, shown):
    guide = Guide.objects.get(number=14)
    guide.topic = Topic.objects.get(key="helping-a-child")
    guide.audiences.set([Audience.objects.get(key="parents")])
    guide.save()
    assert (14 in offered("scam", about="my_child", platform=platform)) is shown


def test_csam_witness_gets_no_guide_for_the_pictured():
    seen = {"about": "stranger", "category": "csam"}
    assert guides_for(Category.objects.get(pk="csam"), seen)["topics"] == []
    assert "takeitdown" not in wished(help_for(Category.objects.get(pk="csam"), seen)["lines"])
    own = seen | {"about": "me", "whose_picture": "me"}
    assert "takeitdown" in wished(help_for(Category.objects.get(pk="csam"), own)["lines"])


def test_guide_on_loan_collectors_is_for_whom_they_threaten():
    assert 31 not in offered("scam", age="adult")
    assert 31 in offered("scam", age="adult", loan_collector="threatens")
