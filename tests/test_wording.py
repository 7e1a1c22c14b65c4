"""Formal and easy texts: each belongs to an ordinary text, and is only shown to the person who reads that wording."""

import gettext

import pytest
from django.conf import settings
from django.utils import translation

from reports.wording import easy_pages, easy_questions, formal_easy, formal_form, formal_questions, formal_return
from safetycenter import memory, wording
from safetycenter.wording import Wording

EASY = easy_questions.EASY | easy_pages.EASY
FORMAL = (*formal_form.FORMAL, *formal_questions.FORMAL, *formal_return.FORMAL)


@pytest.fixture(scope="module")
def catalogue() -> set[str]:
    """The ordinary and other texts that have Indonesian words."""
    found = gettext.translation("django", settings.LOCALE_PATHS[0], ["id"])._catalog
    return {key[0] if isinstance(key, tuple) else key for key in found}


def test_every_formal_text_has_an_ordinary_one(catalogue):
    assert not [text for text in FORMAL if text not in catalogue]
    assert not [text for text in formal_easy.FORMAL if text not in EASY.values()]


def test_every_formal_text_has_indonesian_words(catalogue):
    assert not [text for text in (*FORMAL, *formal_easy.FORMAL) if f"formal\x04{text}" not in catalogue]


def test_every_easy_text_has_an_ordinary_one(catalogue):
    assert not [text for text in EASY if text not in catalogue]
    assert not [text for text in EASY.values() if f"easy\x04{text}" not in catalogue]


@pytest.mark.parametrize(
    ("used", "said"),
    [
        (Wording(), "Aku sendiri: aku terlihat di situ"),
        (Wording(formal=True), "Saya sendiri: saya terlihat di situ"),
        (Wording(easy=True), "Aku: aku ada di gambar itu"),
        (Wording(formal=True, easy=True), "Saya: saya ada di gambar itu"),
    ],
)
def test_one_text_in_each_wording(used, said):
    with translation.override("id"), wording.use(used):
        assert translation.gettext("Mine: I can be seen in it") == said


def test_english_has_easy_words_and_no_formal_ones():
    with translation.override("en"), wording.use(Wording(formal=True, easy=True)):
        assert translation.gettext("Mine: I can be seen in it") == "Me: I am in the picture"
        assert translation.gettext("Your report") == "Your report"


def test_shared_memory_keeps_the_ordinary_wording():
    made = memory.cached_for_seconds(lambda: translation.gettext("Your report"))
    with translation.override("id"), wording.use(Wording(formal=True)):
        assert made() == "Laporanmu"
        assert translation.gettext("Your report") == "Laporan Anda"
