"""Our Indonesian replaces Django's where that is wrong or odd."""

import pytest
from django.utils.translation import gettext, override

from safetycenter.i18n_overrides import WORDS


@pytest.mark.parametrize("sentence", WORDS)
def test_our_words_stand_in_place_of_djangos(sentence):
    with override("id"):
        assert gettext(sentence) != sentence
        assert "rubah" not in gettext(sentence).lower()
