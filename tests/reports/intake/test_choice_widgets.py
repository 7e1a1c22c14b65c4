"""Radio buttons and checkboxes that are made without templates: the same as Django's, and escaped."""

import pytest
from django import forms

from reports.intake.choice_widgets import Checkboxes, Radios, buttons, folded_groups

CHOICES = [("a", "Aku & kamu"), ('"><b>', "<script>"), ("c", "Tidak tahu")]


def field(widget, kind=forms.ChoiceField, data=None, **options):
    """The bound field ``who`` of a form whose field has this widget."""
    form = type("Form", (forms.Form,), {"who": kind(choices=CHOICES, widget=widget, **options)})
    return form(data, initial={"who": ["c"] if kind is forms.MultipleChoiceField else "c"})["who"]


@pytest.mark.parametrize("data", [None, {}, {"who": "a"}])
@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        (Radios, forms.RadioSelect, forms.ChoiceField),
        (Checkboxes, forms.CheckboxSelectMultiple, forms.MultipleChoiceField),
    ],
)
def test_option_has_the_attributes_that_django_gives_it(ours, theirs, kind, required, data):
    tags = [
        [option.tag().strip() for option in field(widget, kind, data, required=required)] for widget in (ours, theirs)
    ]
    assert tags[0] == tags[1]


def test_button_is_escaped_and_has_the_name_of_its_field():
    said = buttons(field(Radios))
    assert '<button class="choice sends" name="who" value="a" id="id_who_0">' in said
    assert "Aku &amp; kamu" in said
    assert "<script>" not in said


def test_hint_is_escaped_and_repeated_choice_is_never_checked():
    last = list(field(Radios))[2]
    options = [{"widget": last, "hint": "<i>"}, {"widget": last, "hint": "", "again": True}]
    said = folded_groups([{"heading": "<h>", "hint": "", "options": options, "is_chosen": True}])
    assert "<small>&lt;i&gt;</small>" in said
    assert "<span>&lt;h&gt;</span>" in said
    assert said.count("checked") == 1
    assert '<input type="radio" name="answer" value="c">' in said
