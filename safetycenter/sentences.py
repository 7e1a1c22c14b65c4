"""Sentences of system checks: ``manage.py check`` prints them in English, the doctor in the language of its reader."""

from typing import Any

from django.utils import translation

from .hints import Text


class Sentence(str):
    """English where it is used as text; ``translated`` gives it in the active language."""

    _words: Text
    _values: dict[str, Any]

    def __new__(cls, words: Text, **values: Any) -> "Sentence":
        """Fill the placeholders of ``words``, which gettext_lazy made, with ``values``; a list becomes its items."""
        with translation.override(None):
            made = super().__new__(cls, _filled(words, values))
        made._words, made._values = words, values
        return made

    def translated(self) -> str:
        """Return the sentence in the active language."""
        return _filled(self._words, self._values)


def _filled(words: Text, values: dict[str, Any]) -> str:
    said = {name: ", ".join(value) if isinstance(value, list | tuple) else value for name, value in values.items()}
    return str(words) % said if said else str(words)
