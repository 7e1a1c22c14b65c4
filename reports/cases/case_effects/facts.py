"""Effect of saying how sure a fact of a report is: told by the reporter, seen by staff, or confirmed (H23)."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ...models.case import Case
from ...models.state import Degree
from ...questions import QUESTIONS


def mark(case: Case, by: User, fact: str, degree: str) -> dict:
    """Store ``degree``, one of ``Degree``, for the answer to the question with the key ``fact``."""
    if fact not in QUESTIONS or degree not in Degree.values:
        raise NotAllowed(_("This fact cannot be marked."))
    others = {key: known for key, known in case.fact_degrees.items() if key != fact}
    case.fact_degrees = others if degree == Degree.TOLD else others | {fact: degree}
    return {"fact": fact, "degree": degree}
