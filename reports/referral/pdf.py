"""The printable report of a referral, for agencies that take paper. The JSON beside it has the exact text."""

from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN = 20  # mm
TITLE, HEADING, BODY, SMALL = 16, 11, 11, 9  # points
LINE = 6  # mm
ENCODING = "latin-1"  # of the fonts that every PDF reader has


def to_pdf(report: dict, language: str, title: str) -> bytes:
    """Return the report as a PDF file in ``language``. A character that its font lacks is written as its number."""
    from fpdf import FPDF  # only a desk prints, and the library is large

    page = FPDF(format="A4")
    page.set_margin(MARGIN)
    page.set_auto_page_break(True, MARGIN)
    page.set_title(title)  # neutral: it neither names the reporter nor the matter
    page.add_page()
    _line(page, title, TITLE, "B")
    _line(page, report["status"][language], BODY, "B")
    head = {
        _("For"): report["agency"][language],
        _("From"): " ".join(filter(None, (report["operator"], report["contact"]))),
        _("Legal basis"): report["legal_basis"]["in_words"][language],
        _("Made"): report["made_at"],
        _("Number of this package"): report["referral"],
    }
    for label, value in head.items():
        _line(page, f"{label}: {value}", SMALL)
    for fact in report["facts"]:
        page.ln(LINE / 2)
        _line(page, f"{fact['label'][language]} ({fact['in_words'][language]})", HEADING, "B")
        value = fact["value"][language]
        for text in value if isinstance(value, list) else [value]:
            _line(page, text, BODY)
    page.ln(LINE)
    _line(
        page,
        _("The exact text is in report.json. A character that cannot be printed here is written as its number."),
        SMALL,
    )
    return bytes(page.output())


def _line(page: "FPDF", text: str, size: int, style: Literal["", "B"] = "") -> None:
    page.set_font("Helvetica", style, size)
    page.multi_cell(0, LINE, _printable(text), new_x="LMARGIN", new_y="NEXT", align="L")


def _printable(text: str) -> str:
    return "".join(sign if _fits(sign) else f"[U+{ord(sign):04X}]" for sign in text)


def _fits(sign: str) -> bool:
    try:
        sign.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return sign.isprintable() or sign == "\n"
