"""A red warning in a row of the queue is read whole, at every width and in both languages."""

import pytest

from tests.browser import FONTS
from tests.reports import tasks

pytestmark = pytest.mark.django_db(transaction=True)
WHOLE = """() => [...document.querySelectorAll('.case-row .why .danger')].map(chip => {
    const own = chip.getBoundingClientRect(), boxes = [chip.parentElement, chip.closest('.case-row')]
    const around = boxes.map(box => box.getBoundingClientRect())
    const fits = around.every(box => own.right <= box.right + 1 && own.bottom <= box.bottom + 1)
    return own.width > 0 && chip.scrollWidth <= chip.clientWidth + 1 && fits
})"""


@pytest.mark.parametrize("width", [360, 1280, 1440])
@pytest.mark.parametrize("language", ["id", "en"])
def test_red_warning_of_a_row_is_never_cut(visits, file, moderator, clock, sign_in, width, language):
    file(safety="danger", helper="no", age="under_13")
    clock(hours=5)
    tasks.run()
    page = sign_in(visits.page(viewport={"width": width, "height": 800}, locale=language), moderator)
    page.goto("/admin/reports/case/?show=all")
    page.evaluate(FONTS)
    assert page.evaluate(WHOLE) == [True]
