"""A message that may offer a settlement is sent only after its author read why it must not (J2)."""

import pytest

from reports.models.reply import SETTLING

from .desk_pages import act, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.safety("J2")]
OFFERS = {"id": ("Kalian bisa berdamai saja.", "“berdamai” bisa"), "en": ("You could settle it.", "“settle” can")}


@pytest.mark.parametrize("language", OFFERS)
def test_typed_offer_to_settle_is_sent_only_once_confirmed(filed, desk, language):
    (offer, reason), case = OFFERS[language], filed.case
    desk.cookies["django_language"] = language
    act(desk, case, "claim")
    assert "no_settlement" not in desk.get(page_of(case)).text
    for action in ("ask", "reply"):
        page = act(desk, case, action, text=offer)
        assert (page.status_code, case.messages.exists()) == (422, False)
        assert all(part in page.text for part in (offer, reason, 'name="no_settlement"'))
    assert act(desk, case, "reply", text=offer, no_settlement="on").status_code == 302
    assert case.messages.exists()


def test_words_of_settling_are_found_whole_and_others_left():
    assert [SETTLING.search(text)[0] for text in ("Mau didamaikan?", "Di luar pengadilan.", "Let us make peace.")] == [
        "didamaikan",
        "Di luar pengadilan",
        "make peace",
    ]
    assert not SETTLING.search("Buka setelan (settings) aplikasinya. Di luar jam itu, telepon 110.")
