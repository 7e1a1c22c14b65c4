"""The rich text editor in a real browser, under the strict policy."""

from django.conf import settings
from django.test import Client
from django.urls import reverse

from education.models import Guide, State
from tests.browser import assert_accessible

from . import factory


def test_an_editor_writes_rich_text(visits, person):
    guide = factory.guide(state=State.DRAFT)
    guide.audiences.add(factory.audience())
    client = Client()
    client.force_login(person("editor"))
    page = visits.page(viewport={"width": 1280, "height": 900})
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": visits.base_url}])

    page.goto(reverse("admin:education_guide_change", args=[guide.pk]))
    area = page.locator('[contenteditable][lang="en"]')
    area.wait_for()
    assert area.get_attribute("aria-label")
    area.fill("A new English text.")
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/admin/education/guide/")

    assert "A new English text." in Guide.objects.get(pk=guide.pk).body_en
    # A breach of the policy (an editor whose style changed with an upgrade) fails here, by ``visits``.


def test_reader_pages_are_accessible(visits, starter, there):
    names = ("home", "guides", "helplines", "emergency", "glossary", "news", "organisations", "traces")
    paths = [there(f"education:{name}", language=language) for name in names for language in ("id", "en")]
    paths += [there("education:guide_by_number", 6), there("education:topic", "foto-pribadi")]
    for scheme in ("light", "dark"):
        page = visits.page(color_scheme=scheme, viewport={"width": 320, "height": 800})
        for path in paths:
            page.goto(path)
            assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert visits.outside == []
