"""Our Indonesian replaces Django's where that is wrong or odd."""

import pytest
from django.utils.translation import gettext, override

from safetycenter.i18n_overrides import WORDS


@pytest.mark.parametrize("sentence", WORDS)
def test_i18n_overrides_replace_django_texts(sentence):
    with override("id"):
        assert gettext(sentence) != sentence
        assert "rubah" not in gettext(sentence).lower()
