"""Form of a picture: its file, its words, and what may be changed of a picture that readers see."""

import base64
import json
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from education.library import store, uses
from education.models import Picture
from education.models.bilingual import columns
from education.publishing.workflow import PUBLISH_PERMISSION

from . import filled_in
from .base import ContentForm

_KEEPS_WORDS = _(
    "A new file is shown wherever this picture is used, with the alt text that each page has. The pages are named "
    "below: read their alt texts after it."
)
SHOWN_AT_ONCE = ("file", "credit", "licence")  # readers get a new one at once, wherever the picture is used


class PictureForm(ContentForm):
    """Form of a picture. A valid upload is in ``renditions``, not stored yet.

    A form that is refused for something else carries these files, signed, so that nobody chooses the picture again.
    They are at most nine of 18 KB each; nothing is stored, and nothing that this form has not drawn is accepted.
    """

    kept_file = forms.CharField(label=_("File"), required=False, strip=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    title = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=60,
        help_text=_("For editors only. Left empty, it is made from the alt text or from the name of the file."),
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
        upload = self.cleaned_data["file"] or None
        made = self._drawn(upload) if upload else self._kept()
        if not made and not self.instance.pk:
            raise ValidationError(gettext("Choose a picture."))
        store.require_new(made, self.instance)
        self.renditions = made
        return upload

    def clean_title(self) -> str:
        """Return the name as a key: nobody has to know what may stand in one."""
        return slugify(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        """Return the cleaned data. Adds an error where a change would reach readers without a publisher."""
        answers = super().clean()
        if "title" in answers:
            answers["title"] = answers["title"] or self.instance.title or self._made_title(answers)
        if self.renditions:
            self._keep(answers)
        if self.instance.pk:
            changed = {*self.changed_data, *(["file"] if self.renditions else [])}
            for name in SHOWN_AT_ONCE:
                if name in changed and (refusal := self._refusal(name)):
                    self.add_error(name, refusal)
        return answers

    def _drawn(self, upload: Any) -> Any:
        from education.library import renditions  # Pillow is large, and few workers ever get a picture

        return renditions.make(upload.read(), upload.size)

    def _made_title(self, answers: dict[str, Any]) -> str:
        file = answers.get("file")
        said = [answers.get(name) for name in columns("alt")] + [PurePath(file.name).stem if file else ""]
        wish = next(filter(None, (slugify(one or "")[:50].strip("-") for one in said)), "gambar")
        return filled_in.free_key(Picture, "title", wish)

    def _keep(self, answers: dict[str, Any]) -> None:
        """Let the form carry the files and the name that was made, if it is shown again."""
        data: Any = self.data  # a QueryDict
        self.data = data = data.copy()
        data["kept_file"] = self._signer().sign(
            json.dumps(
                [[base64.b64encode(one.content).decode(), one.format, one.width, one.height] for one in self.renditions]
            )
        )
        data["title"] = answers.get("title") or data.get("title", "")

    def _kept(self) -> Any:
        """Return the files that this form carried, none if it did not."""
        from education.library.renditions import Rendition

        try:
            rows = json.loads(self._signer().unsign(self.cleaned_data["kept_file"] or ""))
        except BadSignature:
            return []
        return [Rendition(base64.b64decode(content), *rest) for content, *rest in rows]

    def _signer(self) -> Signer:
        return Signer(salt=f"education.picture_form {self.user.pk}")

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
