"""Which guides fit a reader who may be a child, and one who stands by a child. They are linked no other."""

from collections.abc import Collection, Sequence

TEENS, EVERYONE = "teens", "everyone"  # keys of ``Audience``
CARERS = {"child": "parents", "pupil": "educators"}  # persons of help texts who are adults, and their audience


def is_for_adults(audiences: Collection[str]) -> bool:
    """Return whether a guide speaks to adults of any gender, and not to teens."""
    return EVERYONE in audiences and TEENS not in audiences


def fits(person: str, audiences: Collection[str], for_adults: bool = False) -> bool:
    """Return whether a guide for ``audiences`` may be that of a help text for ``person`` (``HelpBlock.Person``).

    ``for_adults``: the form shows this text to adults only. All others may be read by a child.
    """
    if person in CARERS:
        return CARERS[person] in audiences or is_for_adults(audiences)
    return EVERYONE in audiences if person == "adult" or for_adults else TEENS in audiences


def fits_reply(audiences: Collection[str], formal: bool, is_adult: bool = False) -> bool:
    """Return whether a reply of staff may link a guide for ``audiences``.

    ``formal``: the text speaks to a parent, carer or teacher. ``is_adult``: it is sent about an adult only. A child may
    read all others.
    """
    if formal:
        return bool({*CARERS.values(), EVERYONE} & {*audiences})
    return TEENS in audiences or (is_adult and EVERYONE in audiences)


def fits_alert(child: str, pinned: Sequence[Collection[str]]) -> bool:
    """Return whether the guides that an alert of the search shows first fit the person who types its words.

    ``child`` is ``Synonym.child``, ``pinned`` the audiences of each guide in order. A carer's first guide is for
    carers; of all others at least one is for teens. What counts only beside a carer's words ("harm") fits always.
    """
    if child == "carer" and pinned:
        return bool({*CARERS.values()} & {*pinned[0]})
    return child == "harm" or not pinned or any(TEENS in audiences for audiences in pinned)
