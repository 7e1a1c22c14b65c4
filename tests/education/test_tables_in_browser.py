"""The pages that import a table, in a real browser: the form, what would change, and what is refused."""

import pytest
from django.urls import reverse

from education.models import State, Term
from tests.browser import assert_accessible

SCREENS = [
    {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    for width in (320, 1280)
    for scheme in ("light", "dark")
]
LONG = "panjangsekali" * 12  # a cell that has no place to break


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: f"{one['viewport']['width']}-{one['color_scheme']}")
@pytest.mark.sampled(4)
def test_pages_of_an_import_are_accessible(visits, desk, screen):
    texts = {"term_ind": "Grooming", "term_en": "Grooming", "definition_ind": "Arti lama.", "definition_en": "Old."}
    Term.objects.create(key="grooming", state=State.PUBLISHED, **texts)
    page = desk("publisher", **screen)

    def fits() -> None:
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url

    page.goto(reverse("admin:education_term_changelist"))
    page.get_by_role("link", name="Impor tabel").click()
    for cells in (f"grooming,Arti {LONG}", f"tidak-ada,{LONG}"):
        page.wait_for_load_state()
        fits()
        content = f"key,definition_id\n{cells}\n".encode()
        page.locator("input[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": content})
        page.get_by_role("button", name="Tampilkan perubahannya").click()
        fits()
        page.get_by_role("link", name="Pilih berkas lain").click()
    visits.faults[:] = [fault for fault in visits.faults if not fault.startswith("Applying inline style")]
