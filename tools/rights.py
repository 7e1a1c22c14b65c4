"""Print who may do what at the desk and in the newsroom, from the code, into the tables of ``docs/moderators.md``.

``python -m tools.rights`` writes the table; ``tests/test_rights.py`` fails while the document has another one.
"""

import os
import sys
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "moderators.md"
BEGIN, END = "<!-- The table begins: python -m tools.rights -->", "<!-- The table ends -->"


def tables() -> str:
    """Return the tables in Markdown: what each role may see and do, who may take each action, and the newsroom's."""
    from reports.cases.actions import STAFF_ACTIONS
    from reports.roles import ROLES
    from reports.triage import rights
    from reports.triage.who_may import WHO
    from safetycenter.roles import ROLE_NAMES

    of_roles = {role: rights.of_role(role) for role in ROLES}
    roles = [
        f"| {ROLE_NAMES[role]} | {', '.join(map(str, has.kinds)) or 'none'} | {_yes(has.sorts)} | {_yes(has.reads)} | "
        f"{_yes(has.handles)} |"
        for role, has in of_roles.items()
    ]
    actions = [
        f"| {row.label} | {_roles_of(name, row.permission)} | {WHO[name].words} | {_states(row.sources)} |"
        f" {_condition(row)} |"
        for name, row in STAFF_ACTIONS.items()
    ]
    heads = (
        ["| role | knows of cases | sorts cases | reads stories | handles cases |", "|---|---|---|---|---|"],
        ["| action | roles | of these | states | and then |", "|---|---|---|---|---|"],
    )
    return "\n".join([*heads[0], *roles, "", *heads[1], *actions, "", *_newsroom()])


def _newsroom() -> list[str]:
    """Return the rows of the table of the newsroom: who may take which step with each kind of text."""
    from education.admin.translation_matrix import KINDS
    from education.publishing import workflow

    steps = (workflow.ACTIONS[name].permission for name in ("approve", "publish", "archive"))
    rows = ["| text | write and request changes | approve for a publisher | publish | unpublish |"]
    rows.append("|---|---|---|---|---|")
    permissions = [None, *steps]
    for kind in KINDS:
        change = f"education.change_{kind._meta.model_name}"
        # Publishing asks for one permission, whatever the kind; the other steps also for a change of the kind.
        needed = [{one} if one == workflow.PUBLISH_PERMISSION else {change, one} - {None} for one in permissions]
        rows.append(f"| {kind._meta.verbose_name_plural} | {' | '.join(map(_editors_with, needed))} |")
    return rows


def _editors_with(needed: set[str]) -> str:
    from education.roles import ROLES
    from safetycenter.roles import ROLE_NAMES

    return ", ".join(str(ROLE_NAMES[role]) for role, has in ROLES.items() if needed <= has)


def written(text: str) -> str:
    """Return the document ``text`` with the tables of this code in it."""
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}"


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _roles_of(action: str, permission: str) -> str:
    from reports.roles import ROLES
    from reports.triage.who_may import may_ever
    from safetycenter.roles import ROLE_NAMES

    return ", ".join(str(ROLE_NAMES[role]) for role, names in ROLES.items() if may_ever(action, permission, names))


def _states(sources: tuple[str, ...]) -> str:
    from reports.models.state import ANY, LIVE, OPEN, WORKED_ON, State

    known = {LIVE: "any", ANY: "any but withdrawn", OPEN: "open", WORKED_ON: "assigned or escalated"}
    return known.get(tuple(sources)) or ", ".join(str(State(name).label).lower() for name in sources)


def _condition(row) -> str:
    """Return the first paragraph of what the condition of an action says of itself, without names of the code."""
    text = (row.condition.__doc__ or "") if row.condition else ""
    return " ".join(text.split("\n\n")[0].split()).replace("``by``", "the person")


def main() -> int:
    """Write the tables. Return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")
    import django
    from django.utils import translation

    django.setup()
    with translation.override("en"):
        DOCUMENT.write_text(written(DOCUMENT.read_text()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
