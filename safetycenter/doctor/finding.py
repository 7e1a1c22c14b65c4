"""One answer of the doctor."""

from dataclasses import dataclass

from safetycenter.hints import Text

OK, ADVICE, FAULT = "ok", "advice", "fault"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is (OK, ADVICE or FAULT) and, unless it is OK, what to do."""

    level: str
    what: Text
    advice: Text = ""
    detail: str = ""  # numbers and names; never an address of a visitor, a key or a password


def ok(what: Text, detail: str = "") -> Finding:
    """Return that ``what`` is in order."""
    return Finding(OK, what, detail=detail)


def judged(is_good: bool, what: Text, advice: Text, detail: str = "", level: str = FAULT) -> Finding:
    """Return OK, or ``level`` with ``advice``."""
    return ok(what, detail) if is_good else Finding(level, what, advice, detail)
