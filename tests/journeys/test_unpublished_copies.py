"""A saved copy of a guide that was unpublished or became sensitive."""

import pytest

from education.models import Guide, State
from tests.journeys.saving import LIST, STORED, save

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("change", [{"state": State.ARCHIVED}, {"sensitive": True}])
def test_copy_goes_when_its_guide_is_unpublished_or_sensitive(site, page, change):
    save(page)
    guide = Guide.objects.get(slug_ind="dibully-online")
    for name, value in change.items():
        setattr(guide, name, value)
    guide.save()
    page.wait_for_timeout(1200)  # the generation is asked once a second
    page.goto(LIST)
    page.locator("[data-part=none]").wait_for()
    assert page.evaluate(STORED) == []
