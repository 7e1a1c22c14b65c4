"""What a file is, by its bytes; and how many and how large they may be."""

import codecs

import filetype

from ..models.evidence import Evidence

FILES_A_CASE = 5
LARGEST_FILE = 10 * 1024 * 1024  # bytes
LARGEST_CASE = 25 * 1024 * 1024
LARGEST_CASE_PADDED = LARGEST_CASE * 9 // 8  # stored sizes are padded by up to 12 % (vault.box.padded_length)
HEAD = 4096  # enough for every magic number we know
HEIC = {"image/heic", "image/heif"}
PICTURES = {Evidence.Kind.JPEG, Evidence.Kind.PNG, Evidence.Kind.WEBP, Evidence.Kind.PDF}


class TypeSniffer:
    """Looks at the bytes of one file as they pass and says what kind it is, whatever it is called."""

    def __init__(self) -> None:
        self._head = bytearray()
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._is_text = True

    def see(self, piece: bytes) -> None:
        """Look at the next piece."""
        if len(self._head) < HEAD:
            self._head += piece[: HEAD - len(self._head)]
        if self._is_text:
            try:
                self._is_text = "\0" not in self._decoder.decode(piece)
            except UnicodeDecodeError:
                self._is_text = False

    @property
    def kind(self) -> str | None:
        """One of Evidence.Kind, or None for anything we do not take."""
        guess = filetype.guess(bytes(self._head))
        if guess is not None:
            return guess.mime if guess.mime in PICTURES else None
        return Evidence.Kind.TEXT if self._is_text and not self._is_markup and self._head else None

    @property
    def unfit(self) -> str:
        """What we do not take and have a sentence of its own for: a "recording", an iPhone's photo ("heic"), or ""."""
        guess = filetype.guess(bytes(self._head))
        if guess is None:
            return ""
        if guess.mime in HEIC:
            return "heic"
        # People send voice notes as proof.
        return "recording" if guess.mime.startswith(("audio/", "video/")) else ""

    @property
    def type(self) -> str:
        """The type as people know it from names of files: JPG, HEIC, TXT; empty when it is not known."""
        guess = filetype.guess(bytes(self._head))
        if guess is not None:
            return guess.extension.upper()
        return "TXT" if self.kind == Evidence.Kind.TEXT else ""

    @property
    def _is_markup(self) -> bool:
        # SVG, HTML and XML are text that a browser runs.
        return bytes(self._head).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
