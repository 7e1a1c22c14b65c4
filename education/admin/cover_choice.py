"""Choice of a guide's cover: radio buttons with the picture, its alt text and its size; with script, the picker."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from education.models import Picture, PictureFile
from education.models.bilingual import LANGUAGES
from education.rendering import pictures
from education.translation import language_name

from . import picture_picker


class CoverChoice(forms.RadioSelect):
    """Radio buttons, each with a picture of the library."""

    def create_option(self, name: str, value: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Return Django's option, with what its card shows. The option without a picture has no card."""
        picture = getattr(value, "instance", None)
        return super().create_option(name, value, *arguments, **options) | {"card": picture and _card(picture)}

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the HTML, from the templates of the site."""
        context = self.get_context(name, value, attrs)
        options = [option for _group, options, _place in context["widget"]["optgroups"] for option in options]
        context["shown"] = [option for option in options if option["selected"] or not option["card"]]
        context["others"] = [option for option in options if option not in context["shown"]]
        context["picker_url"] = picture_picker.url(LANGUAGES[0])
        return render_to_string("education/admin/cover_choice.html", context)


def use_for(field: forms.ModelChoiceField) -> None:
    """Let ``field`` show its pictures. Takes two queries whenever it is rendered."""
    field.empty_label = _("No cover")
    field.widget = CoverChoice()
    field.queryset = Picture.objects.prefetch_related("files")


def _card(picture: Picture) -> dict[str, Any]:
    files = list(picture.files.all())
    jpegs = [file for file in files if file.format == PictureFile.Format.JPEG]
    missing = [language_name(code) for code in LANGUAGES if not picture.may_be_used(code)]
    return {
        "file": jpegs[0] if jpegs else None,
        "url": reverse("admin:education_picture_file", args=[jpegs[0].name]) if jpegs else "",
        "alts": [(code, picture.text("alt", code)) for code in LANGUAGES if picture.text("alt", code)],
        "decorative": picture.decorative,
        "missing": ", ".join(missing),
        "kilobytes": pictures.kilobytes(pictures.weight(files)),
    }
