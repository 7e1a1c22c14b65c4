"""Models of the picture library: pictures with their words, and the files that readers get of each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .bilingual import Bilingual


class Picture(Bilingual):
    """A picture of the library. Texts refer to it by its id, so a new file is shown wherever it is used.

    The texts hold copies of ``alt`` and ``caption``: readers get new words only when the text is published again.
    """

    required_fields = ()  # a picture without an alt text may be stored, but not be chosen for a text

    title = models.SlugField(_("name"), max_length=60, unique=True, help_text=_("For editors only: kunci."))
    decorative = models.BooleanField(
        _("only decoration"),
        default=False,
        help_text=_("It says nothing that the text does not say: screen readers leave it out."),
    )
    alt = models.CharField(
        _("alt text"),
        max_length=200,
        blank=True,
        help_text=_("What it shows, for readers who cannot see it: A yellow key on a green sea."),
    )
    caption = models.CharField(_("caption"), max_length=200, blank=True, help_text=_("Shown below it. May be empty."))
    credit = models.CharField(_("made by"), max_length=120, help_text=_("Shown below it, with the licence."))
    licence = models.CharField(_("licence"), max_length=60, help_text=_("CC BY 4.0, or: own work."))
    source = models.URLField(_("source"), max_length=500, blank=True, help_text=_("Where it was found. Not shown."))
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.title

    def may_be_used(self, language: str) -> bool:
        """Return whether a text in ``language`` may show this picture: it has an alt text, or is only decoration."""
        return self.decorative or bool(self.text("alt", language))


class PictureFile(models.Model):
    """One file of a picture, in one width and format. ``name`` is a digest of its bytes: it never changes content."""

    class Format(models.TextChoices):
        """The formats, the one that browsers should prefer first."""

        AVIF = "avif", "AVIF"
        WEBP = "webp", "WebP"
        JPEG = "jpg", "JPEG"

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=50, unique=True)
    format = models.CharField(max_length=4, choices=Format)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()  # bytes

    class Meta:
        ordering = ["width", "format"]
        verbose_name = _("file of a picture")
        verbose_name_plural = _("files of pictures")

    def __str__(self) -> str:
        return self.name

    @property
    def kilobytes(self) -> int:
        """Return the size in kilobytes, at least one."""
        return max(1, round(self.size / 1024))

    @property
    def content_type(self) -> str:
        """Return the media type."""
        return "image/jpeg" if self.format == self.Format.JPEG else f"image/{self.format}"
