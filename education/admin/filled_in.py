"""What the form of a new item fills in, so that nobody has to guess it: the key and the place in the list."""

from typing import Any

from django import forms
from django.db.models import Max, Model, SlugField
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from education.models import Platform
from education.models.bilingual import columns

STEP = 10  # between two items in a list, so that one can be put between them


def prepare(form: forms.ModelForm) -> None:
    """Let the key of a new item stay empty, and put the item after the last one."""
    model = form._meta.model
    if form.instance.pk:
        return
    if _has_made_key(form):
        form.fields["key"].required = False
        form.fields["key"].help_text = _("Left empty, it is made from the name.")
    if "order" in form.fields:
        last = model._default_manager.aggregate(last=Max("order"))["last"]
        form.initial["order"] = (last or 0) + STEP


def fill_in_key(form: forms.ModelForm, answers: dict[str, Any]) -> None:
    """Make the key of a new item from its name. Adds an error if it has none."""
    if form.instance.pk or not _has_made_key(form) or answers.get("key") or "key" in form.errors:
        return
    names = (answers.get(name) for name in columns(form.instance.required_fields[0]))
    if wish := slugify(next(filter(None, names), ""))[:40]:
        answers["key"] = free_key(form._meta.model, "key", wish)
    else:
        form.add_error("key", form.fields["key"].error_messages["required"])


def _has_made_key(form: forms.ModelForm) -> bool:
    """Return whether the key may have any words. That of an app is an answer of the report form."""
    model = form._meta.model
    return "key" in form.fields and isinstance(model._meta.get_field("key"), SlugField) and model is not Platform


def free_key(model: type[Model], column: str, wish: str) -> str:
    """Return ``wish``, with a number if an item of ``model`` has it in ``column`` already."""
    taken = set(model._default_manager.filter(**{f"{column}__startswith": wish}).values_list(column, flat=True))
    numbered = (f"{wish}-{number}" for number in range(2, len(taken) + 3))
    return wish if wish not in taken else next(name for name in numbered if name not in taken)
