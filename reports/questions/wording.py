"""In which wording a reporter reads: it follows from the answers, so nothing more is stored about the person."""

from typing import Protocol

from safetycenter import wording
from safetycenter.wording import Wording

from .category import DECLARED
from .core import about_a_child
from .kinds import Answers

EASY = "easy"  # the fact in the answers that the reporter chose easier words
EASY_NEED = "easy_words"  # the same, as an answer to the question about special needs


def wording_of(answers: Answers) -> Wording:
    """Return the wording for the reporter who gave these ``answers``.

    Formal once they say that it is about a child in their care or a pupil: then an adult writes. Everyone else may be
    young and is addressed as before, also adults who report about themselves.
    """
    return Wording(formal=about_a_child(answers), easy=is_easy(answers))


def is_easy(answers: Answers) -> bool:
    """Return whether the reporter chose easier words, in the form or as a special need."""
    return answers.get(EASY) == "yes" or EASY_NEED in answers.get("access_needs", ())


class NamedCategory(Protocol):
    """What is needed of ``models.Category``, which this layer does not import."""

    pk: str
    name: str
    description: str


def name_of(category: NamedCategory) -> str:
    """Return the name of ``category`` in the wording in use."""
    declared, used = DECLARED.get(category.pk), wording.current()
    if declared is None or declared.words is None:
        return category.name
    # The default category is the only one in whose name the reporter speaks: "I'm not sure".
    is_other = used.easy or (used.formal and declared.is_default)
    return str(declared.words.easy_name) if is_other else category.name


def description_of(category: NamedCategory) -> str:
    """Return the description of ``category`` in the wording in use; formal goes before easy."""
    declared, used = DECLARED.get(category.pk), wording.current()
    if declared is None or declared.words is None:
        return category.description
    if used.formal and declared.words.of_child:
        return str(declared.words.of_child)
    return str(declared.words.easy_description) if used.easy else category.description
