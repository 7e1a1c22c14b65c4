"""Admin pages of the picture library: list, form with sizes and uses, deletion of what is not used."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from education.library import alts, store, uses
from education.library.uploads import PictureUploadHandler
from education.models import Picture, PictureFile
from education.models.bilingual import LANGUAGES, columns
from education.rendering import pictures as rendering
from education.translation import language_name
from education.views.pictures import file_response

from . import alts_to_read, picture_picker
from .base import ContentAdmin
from .picture_form import PictureForm


class AltTextFilter(admin.SimpleListFilter):
    """List filter for pictures that cannot be chosen in some language."""

    title = gettext_lazy("alt text")
    parameter_name = "alt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return one choice for each language."""
        return [(code, _("missing: %(language)s") % {"language": language_name(code)}) for code in LANGUAGES]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the pictures that say something, but not in the chosen language."""
        language = self.value()
        return picture_picker.without_alt(queryset, language) if language in LANGUAGES else queryset


@admin.register(Picture)
class PictureAdmin(ContentAdmin):
    """Admin of pictures."""

    form = PictureForm
    actions = None  # each deletion checks the uses
    list_display = ("thumbnail", "title", "words", "used_on", "weight")
    list_display_links = ("title",)
    list_filter = (AltTextFilter, "decorative")
    list_per_page = 24
    search_fields = ("title", "credit", *columns("alt"), *columns("caption"))
    readonly_fields = ("shown", "sizes", "used")
    fieldsets = (
        (None, {"fields": ["shown", "kept_file", "file", "title"]}),
        (gettext_lazy("What it says"), {"fields": ["decorative", columns("alt"), columns("caption")]}),
        (gettext_lazy("Whose it is"), {"fields": [("credit", "licence"), "source"]}),
        (gettext_lazy("Sizes and uses"), {"fields": ["sizes", "used"]}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the pictures with their files."""
        return super().get_queryset(request).prefetch_related("files")

    def get_urls(self) -> list[URLPattern]:
        """Return Django's URLs, whose forms take a picture as upload, the picker, and the files for staff."""
        urls = super().get_urls()
        for pattern in urls:
            if pattern.name in {"education_picture_add", "education_picture_change"}:
                pattern.callback.upload_handlers = [PictureUploadHandler]  # type: ignore[attr-defined]
        pick = self.admin_site.admin_view(require_safe(picture_picker.pick))
        return [
            path("pick/<str:language>/", pick, name="education_picture_pick"),
            path("alts/", self.admin_site.admin_view(alts_to_read.page), name="education_picture_alts"),
            path("file/<str:name>", self.admin_site.admin_view(require_safe(self.file)), name="education_picture_file"),
            path("preview/<str:token>", require_safe(self.signed_file), name="education_picture_signed"),
            *urls,
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return Django's form, which knows its user."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the row, then the files of a new upload."""
        super().save_model(request, obj, form, change)
        if form.renditions:
            store.put(obj, form.renditions)
            if places := alts.note_replaced(obj) if change else []:
                self.message_user(request, _words_to_read(places), messages.WARNING)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Render the page; after a refusal it says that the picture is still there."""
        if context["adminform"].form.renditions:
            text = _("Your picture is kept. Choose a file only if you want another one.")
            messages.info(request, text)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Return to the picker if the picture was added from there."""
        back = picture_picker.address_from(request)
        return HttpResponseRedirect(back) if back else super().response_add(request, obj, post_url_continue)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow deleting a picture that no page, draft or version uses."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj is not None and uses.uses(obj))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete the picture with its files."""
        store.delete(obj)

    def file(self, request: HttpRequest, name: str) -> HttpResponse:
        """Return a file of the library for staff, also of a picture that no page shows yet."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return _file_or_404(name)

    def signed_file(self, request: HttpRequest, token: str) -> HttpResponse:
        """Return a file for someone with the signed link of a preview."""
        name = rendering.name_from(token)
        if name is None:
            raise Http404
        return _file_or_404(name)

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, picture: Picture) -> SafeString | str:
        """Return the smallest file."""
        return _image(picture, "thumbnail") or "–"

    @admin.display(description=gettext_lazy("Picture"))
    def shown(self, picture: Picture) -> SafeString | str:
        """Return the picture."""
        return (picture.pk and _image(picture, "shown")) or "–"

    @admin.display(description=gettext_lazy("alt text"))
    def words(self, picture: Picture) -> str:
        """Return in which languages the picture can be chosen."""
        if picture.decorative:
            return _("only decoration")
        return ", ".join(_alt_state(picture, code) for code in LANGUAGES)

    @admin.display(description=gettext_lazy("used"))
    def used_on(self, picture: Picture) -> str:
        """Return how many pages, drafts and versions use it."""
        return str(len(uses.uses(picture))) if picture.pk else "–"

    @admin.display(description=gettext_lazy("weight"))
    def weight(self, picture: Picture) -> str:
        """Return the kilobytes of the largest file that a reader gets."""
        return f"{rendering.kilobytes(rendering.weight(list(picture.files.all())))} KB"

    @admin.display(description=gettext_lazy("sizes in KB"))
    def sizes(self, picture: Picture) -> SafeString | str:
        """Return the kilobytes of each file. Browsers choose the smallest format that they know."""
        files = list(picture.files.all()) if picture.pk else []
        rows = ((f"{file.width} × {file.height}", file.get_format_display(), file.kilobytes) for file in files)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} {}: {} KB</li>", rows)) if files else "–"

    @admin.display(description=gettext_lazy("where it is used"))
    def used(self, picture: Picture) -> SafeString | str:
        """Return the pages, drafts and versions that use it, with links."""
        found = uses.uses(picture) if picture.pk else []
        if not found:
            return _("Nowhere. It can be deleted.")
        rows = format_html_join("", "<li>{}</li>", ((_place(picture, use),) for use in found))
        return format_html("<ul>{}</ul><p>{}</p>", rows, _("A picture that is used cannot be deleted."))


def _alt_state(picture: Picture, code: str) -> str:
    return f"{code.upper()} ✓" if picture.may_be_used(code) else _("%(code)s missing") % {"code": code.upper()}


def _image(picture: Picture, css_class: str) -> SafeString | None:
    files = [file for file in picture.files.all() if file.format == PictureFile.Format.JPEG]
    if not files:
        return None
    file = files[0] if css_class == "thumbnail" else files[min(1, len(files) - 1)]
    words = ("" if picture.decorative else picture.localized.alt) or picture.title
    address = reverse("admin:education_picture_file", args=[file.name])
    tag = '<img class="library-{}" src="{}" width="{}" height="{}" alt="{}" loading="lazy">'
    return format_html(tag, css_class, address, file.width, file.height, words)


def _place(picture: Picture, use: uses.Use) -> SafeString:
    """Return a use with a link to it, and the alt texts that it has, which no new file of the picture changes."""
    words = "; ".join(f"“{alt}”" for alt in uses.alt_texts(picture, use.item))
    text = format_html('<a href="{}">{}</a> ({})', *_link(use), _state(use))
    return format_html("{}: {}", text, words) if words else text


def _words_to_read(places: list[uses.Use]) -> SafeString:
    links = format_html_join(", ", '<a href="{}">{}</a>', map(_link, places))
    said = _("The new file keeps the alt text of the old one. Read it on each page:")
    remembered = _("They wait for you here until somebody has read them:")
    page = format_html('<a href="{}">{}</a>', reverse("admin:education_picture_alts"), _("Alt texts to read"))
    return format_html("{} {}. {} {}", said, links, remembered, page)


def _link(use: uses.Use) -> tuple[str, str]:
    name = f"admin:education_{use.item._meta.model_name}_change"
    return reverse(name, args=[use.item.pk]), str(use.item)


def _state(use: uses.Use) -> str:
    if use.state == uses.DRAFT:
        return _("draft or earlier version")
    return _("published: %(languages)s") % {"languages": ", ".join(code.upper() for code in use.languages)}


def _file_or_404(name: str) -> HttpResponse:
    file = PictureFile.objects.filter(name=name).first()
    if file is None:
        raise Http404
    return file_response(file.name, file.content_type)
