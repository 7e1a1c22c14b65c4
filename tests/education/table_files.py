"""CSV tables as an editor chooses them in the admin."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from education.admin.tables import files


def address(name: str, page: str) -> str:
    """The address of the ``export`` or ``import`` page, or another one, of a kind."""
    return reverse(f"admin:education_{name}_{page}")


def table(*rows: dict) -> bytes:
    """A file with these rows, all with the same columns."""
    return files.write(rows[0].keys(), [row.values() for row in rows])


def offer(browser, name: str, content: bytes, **answers):
    """The page after choosing a file."""
    upload = SimpleUploadedFile("table.csv", content)
    return browser.post(address(name, "import"), {"file": upload, "note": "Dari tabel"} | answers)
