"""Every page of the editors is tested with axe-core: no address of the URL configuration can be forgotten."""

import pytest
from django.db import connection

from tests import launch_content
from tests.browser import assert_accessible
from tests.journeys.desk_pages import SETTLED, UNFOLD, without_admin_styles

from .newsroom_pages import NO_PAGE, addresses, newsroom

SCREENS = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]


def opened(client, person, publisher) -> tuple[dict[str, str], dict[str, int]]:
    """The addresses that ``publisher`` opens as pages, by name, and what the others answer."""
    launch_content.load(for_search=False)
    client.force_login(publisher)
    found = addresses(newsroom(person))
    answers = {name: client.get(address) for name, address in found.items()}
    pages = {name for name, one in answers.items() if one.status_code == 200 and "html" in one.headers["Content-Type"]}
    return {name: found[name] for name in pages}, {name: answers[name].status_code for name in found.keys() - pages}


def is_no_page(name: str) -> bool:
    """Say whether the URL is known to answer something else."""
    return name.endswith(tuple(NO_PAGE))


@pytest.mark.django_db
def test_every_address_of_editors_is_a_page_or_known(client, person):
    pages, others = opened(client, person, person("publisher"))
    assert sorted(name for name in others if not is_no_page(name)) == []
    assert [end for end in NO_PAGE if not any(name.endswith(end) for name in others)] == []  # none too many
    assert len(pages) > 100


@pytest.mark.slow
@pytest.mark.sampled(4)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="what axe-core sees is the same on both databases")
@pytest.mark.parametrize("turn", range(len(SCREENS)))
def test_every_page_of_editors_can_be_used_by_everyone(visits, desk, client, person, turn):
    publisher = person("publisher")
    pages, _others = opened(client, person, publisher)
    page, faults = desk(publisher), []
    for place, address in enumerate(pages.values()):
        width, scheme = SCREENS[(place + turn) % len(SCREENS)]  # pages of one kind follow each other
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        page.evaluate(UNFOLD)
        page.evaluate(SETTLED)
        try:
            assert_accessible(page)
        except AssertionError as error:
            faults.append(f"{width} {scheme}: {error}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{address} is wider than {width} px")
    visits.faults[:] = without_admin_styles(visits.faults)
    assert not faults, "\n".join(faults)
