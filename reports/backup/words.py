"""Words of a restore, which the drill recognises again in what it prints."""

from django.utils.translation import gettext_lazy, pgettext_lazy

WHOLE = gettext_lazy("The backup of %(moment)s UTC is whole.")
FROM_LEDGER = gettext_lazy("From the ledger, %(done)s.")
SIGNS = {True: pgettext_lazy("restore", "ok"), False: pgettext_lazy("restore", "FAULT")}


def line(is_good: bool, sentence: str) -> str:
    """Return what was verified, with its sign."""
    return f"{SIGNS[is_good]!s:<5} {sentence}"


def safe_beginnings() -> tuple[str, ...]:
    """Return how the lines begin that name no case, in the active language."""
    sentences = (str(words).partition("%")[0] for words in (WHOLE, FROM_LEDGER))
    return (*(line(is_good, "") for is_good in SIGNS), *sentences)
