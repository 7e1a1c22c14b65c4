"""Form of a guide: its cover, with words in each language."""

from typing import Any

from django.utils.translation import gettext as _

from education.models import Picture
from education.models.bilingual import LANGUAGES
from education.publishing.checks.pictures import NO_COVER
from education.translation import column

from .base import ContentForm


class GuideForm(ContentForm):
    """Form that takes the alt text of the cover from the library, where none is typed."""

    def clean(self) -> dict[str, Any]:
        """Return the cleaned data. Adds an error if a cover has no words, or stands on a sensitive guide."""
        answers = super().clean()
        cover, topic = answers.get("cover"), answers.get("topic")
        if cover is None:
            return answers
        if answers.get("sensitive") or getattr(topic, "sensitive", False):
            self.add_error("cover", NO_COVER)
        for language in LANGUAGES:
            self._fill_in_alt(answers, cover, language)
        return answers

    def _fill_in_alt(self, answers: dict[str, Any], cover: Picture, language: str) -> None:
        name = column("cover_alt", language)
        if cover.decorative or answers.get(name) or not answers.get(column("title", language)):
            return
        answers[name] = cover.text("alt", language)
        if not answers[name] and name in self.fields:
            text = _("The picture “%(name)s” has no alt text in the library in this language. Write it here.")
            self.add_error(name, text % {"name": cover})
