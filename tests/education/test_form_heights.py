"""How high the editors' forms are on a phone, with the longest shipped items, and what opens in them."""

import pytest
from django.db.models import Count
from django.db.models.functions import Length
from django.urls import reverse
from playwright.sync_api import expect

from education.models import (
    Audience,
    Guide,
    HelpBlock,
    Helpline,
    HelplineRole,
    Lesson,
    News,
    Organisation,
    Page,
    Picture,
    Platform,
    Quiz,
    Synonym,
    Term,
    Topic,
)
from tests import launch_content
from tests.browser import PHONE, assert_accessible
from tests.journeys.desk_pages import without_admin_styles

from . import factory, library
from .admin_pages import a_guide, change_page, filled

# At most half of what the form had before its parts were folded (docs/tests.md), with the item that has most of this.
FORMS = [
    (Guide, Count("sources"), 3766),
    (Helpline, Count("channels"), 3182),
    (Lesson, Length("body_ind"), 5015),
    (Quiz, Count("scenarios"), 4500),
    (Page, Length("body_ind"), 4000),
    (Platform, Count("sources"), 6000),
    (News, Length("body_ind"), 3500),
    (Term, Length("definition_ind"), 1296),
    (Topic, Length("summary_ind"), 1123),
    (Audience, Length("name_ind"), 1053),
    # These got their limits later: they may not grow.
    (Organisation, Length("role_ind"), 1250),
    (HelpBlock, Count("sources"), 2400),
    (HelplineRole, Length("role"), 1050),
    (Picture, Count("files"), 2250),
    (Synonym, Length("typed"), 1900),
]
MATRIX = 8761  # half of the 17,522 px of the first measuring
# Every group that has no editor; the tests of the editor look at those.
UNFOLD = "document.querySelectorAll('fieldset > details:not(:has(.prose-editor))').forEach(one => one.open = true)"


@pytest.mark.slow
@pytest.mark.django_db
def test_forms_are_half_as_high_and_accessible_on_a_phone(visits, desk):
    launch_content.load(for_search=False)
    library.picture()
    Synonym.objects.create(language="id", typed="sebar aib", means="doxing")
    page = desk("publisher", viewport=PHONE)
    heights = {}
    for model, most, _limit in FORMS:
        item = model.objects.annotate(most=most).order_by("-most", "pk").first()
        page.goto(change_page(item))
        heights[model.__name__] = page.evaluate("document.documentElement.scrollHeight")
        assert not page.locator(".field-help > .help:visible").count(), model
        page.evaluate(UNFOLD)
        assert_accessible(page)
    print(heights)  # the table of docs/tests.md, with -s
    too_high = {model.__name__ for model, _most, limit in FORMS if heights[model.__name__] > limit}
    assert not too_high, heights
    visits.faults[:] = without_admin_styles(visits.faults)


@pytest.mark.slow
@pytest.mark.django_db
def test_page_of_all_languages_is_half_as_high_on_a_phone(visits, desk):
    launch_content.load(for_search=False)
    page, heights = desk("publisher", viewport=PHONE), []
    page.goto(reverse("admin:education_languages") + "?state=")
    while True:
        heights.append(page.evaluate("document.documentElement.scrollHeight"))
        if not (onward := page.locator("a[rel=next]")).count():
            break
        onward.click()
    print(heights)
    assert len(heights) > 3
    assert max(heights) <= MATRIX


def test_link_to_a_field_opens_what_it_is_folded_in(visits, desk):
    guide = a_guide()
    guide.sources.create(url="https://x.example/", publisher="Penerbit X", title_ind="Isi")
    page = desk("editor", viewport=PHONE)
    page.goto(f"{change_page(guide)}#id_sources-0-publisher")
    page.locator("#id_sources-0-publisher").wait_for()
    assert not page.locator("#id_sources-0-title_en").is_visible()
    page.goto(f"{change_page(guide)}?again#id_body_en")
    expect(page.locator('[role="textbox"][lang="en"]').first).to_be_focused()
    assert_accessible(page)
    visits.faults[:] = without_admin_styles(visits.faults)


@pytest.mark.django_db
def test_field_with_an_error_is_not_folded(signed_in):
    client, guide = signed_in("editor"), a_guide()
    guide.sources.create(url="https://x.example/", publisher="Penerbit X", title_ind="Isi")
    closed = client.get(change_page(guide)).text
    sent = filled(client, guide) | {"title_en": "x" * 500, "sources-0-url": "no address", "reviewed_on": "soon"}
    page = client.post(change_page(guide), sent).text
    for fold in ('<details class="other-language" open>', '<details class="row-fold" open>'):
        assert page.count(fold) == closed.count(fold) + 1
    assert closed.count("<details><summary>") > page.count("<details><summary>")
    assert 'href="#id_sources-0-url"' in page


@pytest.mark.django_db
def test_group_with_an_error_in_a_shared_line_is_not_folded(signed_in):
    client, topic = signed_in("publisher"), factory.topic()
    closed = client.get(change_page(topic)).text
    page = client.post(change_page(topic), filled(client, topic) | {"order": "first", "slug_en": "two words"}).text
    assert closed.count("<details><summary>") == page.count("<details><summary>") + 1
    assert 'href="#id_order"' in page
