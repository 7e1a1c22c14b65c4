"""Form of a picture: its file, its words, and what may be changed of a picture that readers see."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from education.library import store, uses
from education.publishing.workflow import PUBLISH_PERMISSION

from .base import ContentForm

_KEEPS_WORDS = _(
    "A new file is shown wherever this picture is used, with the alt text that each page has. The pages are named "
    "below: read their alt texts after it."
)
SHOWN_AT_ONCE = ("file", "credit", "licence")  # readers get a new one at once, wherever the picture is used


class PictureForm(ContentForm):
    """Form of a picture. A valid upload is in ``renditions``, not stored yet."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    user: Any = None  # set by the admin for each request
    renditions: Any = ()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if "file" in self.fields:
            limits = {"size": settings.PICTURE_MB, "pixels": settings.PICTURE_MEGAPIXELS}
            text = gettext("JPEG, PNG or WebP, at most %(size)d MB and %(pixels)d million pixels.") % limits
            again = _KEEPS_WORDS if self.instance.pk else ""
            self.fields["file"].help_text = f"{text} {again}".strip()

    def clean_file(self) -> Any:
        """Return the upload; its files are in ``renditions``. Raises ValidationError with a sentence."""
        upload = self.cleaned_data["file"]
        if upload is None or upload is False:
            if not self.instance.pk:
                raise ValidationError(gettext("Choose a picture."))
            return None
        from education.library import renditions  # Pillow is large, and few workers ever get a picture

        made = renditions.make(upload.read(), upload.size)
        store.require_new(made, self.instance)
        self.renditions = made
        return upload

    def clean(self) -> dict[str, Any]:
        """Return the cleaned data. Adds an error where a change would reach readers without a publisher."""
        answers = super().clean()
        if self.instance.pk:
            for name in SHOWN_AT_ONCE:
                if name in self.changed_data and (refusal := self._refusal(name)):
                    self.add_error(name, refusal)
        return answers

    def _refusal(self, name: str) -> str | None:
        live = [use for use in uses.uses(self.instance) if use.state == uses.LIVE or uses.goes_live(use.item)]
        if any(getattr(use.item, "sensitive", False) for use in live):
            return gettext(
                "A sensitive page shows this picture, so a second person has to publish another one: add the new "
                "picture to the library, and put it into the text."
            )
        if live and not self.user.has_perm(PUBLISH_PERMISSION):
            text = ngettext(
                "Readers see this picture on %(count)d page. Only a publisher can change this.",
                "Readers see this picture on %(count)d pages. Only a publisher can change this.",
                len(live),
            )
            return text % {"count": len(live)}
        return None
