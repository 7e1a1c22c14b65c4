"""Help texts of the form and of first aid: the right person, at most 40 words, in both languages."""

import pytest
from django.template import Context, Template
from django.utils import translation

from education.help import first_aid_for, help_for, shipped


@pytest.mark.parametrize("key", ["blackmail", "money", "hurt", "life", "other"])
def test_each_tile_opens_a_first_aid(key):
    assert first_aid_for(key, "me", "id").lines != first_aid_for(key, "child", "id").lines


def test_unknown_matter_gets_the_text_for_unsure():
    assert help_for("nothing", "nobody", "id") == help_for("unsure", "me", "id")


def test_tag_gives_the_text_in_the_active_language():
    page = Template('{% load help_texts %}{% first_aid_for "hurt" "me" as aid %}{{ aid.title }}')
    with translation.override("en"):
        assert page.render(Context()) == shipped.variant("offline_harm", "me")["en"]["title"]
