"""Detect the type of a file from its bytes, and limit the number and size of files."""

import codecs

import filetype
from django.conf import settings

from ..models.evidence import Evidence

MEGABYTE = 1024 * 1024
HEAD_SIZE = 4096  # enough for every known magic number
HEIC = {"image/heic", "image/heif"}
PICTURES = {Evidence.Kind.JPEG, Evidence.Kind.PNG, Evidence.Kind.WEBP, Evidence.Kind.PDF}


def max_file_size() -> int:
    """Return the largest size of one file, in bytes."""
    return settings.FILE_MB * MEGABYTE


def max_case_size(padded: bool = False) -> int:
    """Return the largest size of all files of a case together, in bytes.

    ``padded``: as stored, when sizes are padded by up to 12 % (vault.box.padded_length).
    """
    size = settings.CASE_FILES_MB * MEGABYTE
    return size * 9 // 8 if padded else size


class TypeSniffer:
    """Detect the type of one file from its bytes during upload, whatever its name."""

    def __init__(self) -> None:
        self._head = bytearray()
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._is_text = True

    def feed(self, piece: bytes) -> None:
        """Process the next piece."""
        if len(self._head) < HEAD_SIZE:
            self._head += piece[: HEAD_SIZE - len(self._head)]
        if self._is_text:
            try:
                self._is_text = "\0" not in self._decoder.decode(piece)
            except UnicodeDecodeError:
                self._is_text = False

    @property
    def kind(self) -> str | None:
        """A value of Evidence.Kind, or None if the type is not accepted."""
        guess = filetype.guess(bytes(self._head))
        if guess is not None:
            return guess.mime if guess.mime in PICTURES else None
        return Evidence.Kind.TEXT if self._is_text and not self._is_markup and self._head else None

    @property
    def refused_kind(self) -> str:
        """The kind of a refused file that has a separate message: "recording", "heic" (iPhone photo), or ""."""
        guess = filetype.guess(bytes(self._head))
        if guess is None:
            return ""
        if guess.mime in HEIC:
            return "heic"
        # Reporters send voice notes as evidence.
        return "recording" if guess.mime.startswith(("audio/", "video/")) else ""

    @property
    def type(self) -> str:
        """The type as known from file names: JPG, HEIC, TXT; empty if unknown."""
        guess = filetype.guess(bytes(self._head))
        if guess is not None:
            return guess.extension.upper()
        return "TXT" if self.kind == Evidence.Kind.TEXT else ""

    @property
    def _is_markup(self) -> bool:
        # SVG, HTML and XML are text that a browser executes.
        return bytes(self._head).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
