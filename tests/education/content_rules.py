"""What the tests of the starter content share: the guides, and sentences that must or must not be there."""

from django.urls import Resolver404, resolve

from education.starter import files

LANGUAGES = ("id", "en")

GUIDES = {guide["number"]: guide for guide in files.items("guides")}

H13 = {
    "id": "Jangan tangkap layar atau kirim gambar seksualnya; cukup biarkan chatnya.",
    "en": "Don't screenshot or send the sexual picture; just leave the chat as it is.",
}

# Words that would hurt, or break safety rule J2, H12, H17 or H3.
NEVER = {
    "id": r"\b(damai|mediasi|predator|aib|asusila|pornografi anak|bundir|kamu tidak bersalah|lacak laporan|gantung diri"
    r"|prank|jarang benar-benar)\b",
    "en": r"\b(mediation|mediate|predator|revenge porn|child porn|committed suicide|track (your|a) report|prank"
    r"|we can go with you|rarely)\b",
}


def sentences(text: str) -> str:
    """Text with straight apostrophes and single spaces, so that a sentence is found however it was typed."""
    return " ".join(text.replace("’", "'").split())


def leads_on(path: str, language: str) -> bool:
    """Return whether ``path`` is the address of a page in ``language``."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.view_name == "education:guide_by_number":
        return match.kwargs["number"] in GUIDES
    return match.url_name != "other_language" and path.startswith(f"/{language}/")
