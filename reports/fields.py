"""Fields for what people type: nothing that was typed is cut or lost before a sentence can say that it is too long."""

from typing import Any

from django import forms
from django.forms import Widget


class TypedField(forms.CharField):
    """Text as it was meant. The browser does not cut it off, and a line break counts as one character, not two."""

    def widget_attrs(self, widget: Widget) -> dict:
        """Without ``maxlength``, which cuts what is pasted without a word."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> str:
        """``value`` with plain line breaks."""
        return (super().to_python(value) or "").replace("\r\n", "\n")
