"""Keep the files of pictures in ``STORAGES["pictures"]``, and one row for each.

Files are written before their rows and deleted after them, so that no row ever lacks its file.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils.translation import gettext as _

from education.models import Picture, PictureFile
from safetycenter.page_cache import cache_version

if TYPE_CHECKING:
    from .renditions import Rendition


def storage() -> Storage:
    """Return the storage of pictures."""
    return storages["pictures"]


def require_new(files: "Collection[Rendition]", picture: Picture) -> None:
    """Raise ValidationError if another picture than ``picture`` has the same files."""
    same = PictureFile.objects.filter(name__in=[file.name for file in files]).exclude(picture_id=picture.pk)
    if other := same.select_related("picture").first():
        text = _("This picture is in the library already: %(name)s.") % {"name": other.picture}
        raise ValidationError(text, code="picture")


@transaction.atomic
def put(picture: Picture, files: "Collection[Rendition]") -> None:
    """Make ``files`` the files of ``picture``; those that it had before are deleted."""
    for file in files:
        if not storage().exists(file.name):
            storage().save(file.name, ContentFile(file.content))
    new = {file.name for file in files}
    old = picture.files.exclude(name__in=new)
    _delete_after_commit(old.values_list("name", flat=True))
    old.delete()
    have = set(picture.files.values_list("name", flat=True))
    PictureFile.objects.bulk_create(
        PictureFile(
            picture=picture,
            name=file.name,
            format=file.format,
            width=file.width,
            height=file.height,
            size=len(file.content),
        )
        for file in files
        if file.name not in have
    )
    cache_version.bump()  # bulk_create sends no signal


@transaction.atomic
def delete(picture: Picture) -> None:
    """Delete ``picture`` with its files."""
    _delete_after_commit(picture.files.values_list("name", flat=True))
    picture.delete()


def read(name: str) -> bytes:
    """Return the bytes of the file called ``name``. Raises FileNotFoundError."""
    with storage().open(name) as file:
        return file.read()


def _delete_after_commit(names: Iterable[str]) -> None:
    gone = list(names)

    def delete_files() -> None:
        for name in gone:
            storage().delete(name)

    transaction.on_commit(delete_files)
