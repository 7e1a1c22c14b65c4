"""Form fields that neither cut nor lose text before a message can say that it is too long."""

from typing import Any

from django import forms
from django.forms import Widget


class TypedField(forms.CharField):
    """A text field that the browser does not truncate; a line break counts as one character, not two."""

    def widget_attrs(self, widget: Widget) -> dict:
        """Leave out ``maxlength``, which silently truncates pasted text."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> str:
        """Return ``value`` with each line break as one character."""
        return (super().to_python(value) or "").replace("\r\n", "\n")
