"""HTML of attackers, typed into every field of a form, is stored and shown without what would run."""

import pytest
from django.test import Client

from education.admin.preview import preview_url
from education.models import Organisation, State

from . import factory, help_blocks
from .admin_pages import change_page, filled, proposal_page
from .payloads import PAYLOADS, TYPED, attacks, dangers
from .side_pages import side_page

pytestmark = pytest.mark.django_db
DRAFT = {"state": State.DRAFT}
HOURS = {"hours_ind", "hours_en", "open_hours"}  # take hours only


def with_source(item):
    item.sources.create(url="https://x.example/", publisher="Penerbit")
    return item


def for_teens(quiz):
    quiz.audiences.add(factory.audience())
    return quiz


MAKE = {
    "news": lambda: with_source(factory.news(**DRAFT)),
    "page": lambda: with_source(factory.page(**DRAFT)),
    "lesson": lambda: factory.lesson(**DRAFT),
    "quiz": lambda: for_teens(factory.quiz(**DRAFT)),
    "helpblock": lambda: with_source(help_blocks.block(**DRAFT)),
    "platform": lambda: factory.platform(**DRAFT),
}
OTHERS = {
    "topic": lambda: factory.topic(**DRAFT),
    "audience": lambda: factory.audience(**DRAFT),
    "term": lambda: factory.term(**DRAFT),
    "helpline": lambda: factory.helpline("garis", "129", **DRAFT),
    "organisation": lambda: Organisation.objects.create(key="badan", name_ind="Badan", **DRAFT),
}


@pytest.mark.parametrize("kind", [*MAKE, *(pytest.param(kind, marks=pytest.mark.slow) for kind in OTHERS)])
def test_attack_in_every_field_of_a_form_is_harmless(signed_in, kind):
    item, client = (MAKE | OTHERS)[kind](), signed_in("publisher")
    typed = attacks(client, item, HOURS)
    assert len(typed) > 2
    answer = client.post(change_page(item), filled(client, item) | typed)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    item.refresh_from_db()
    assert TYPED[:20] in str(vars(item))
    for address in (change_page(item), side_page(item), proposal_page(item)):
        assert not dangers(client.get(address).text), address
    for code in ("id", "en"):
        shown = Client().get(preview_url(item, code))
        assert (shown.status_code, dangers(shown.text)) == (200, []), code


def test_what_would_run_is_found():
    """The check above finds the attacks in a page that shows them as they came."""
    runs = [html for html in PAYLOADS if any(word in html for word in ("alert(1)", "script:", "evil.example"))]
    harmless = (
        "<math",
        "<noscript",
        "<!--",
        '<figure><img data-file="7;',
    )  # as they are; other readers of HTML may change them
    assert len(runs) > 20
    assert [html for html in runs if not dangers(f"<p>{html}</p>") and not html.startswith(harmless)] == []
