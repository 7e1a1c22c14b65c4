"""Which kinds of case each role sees and reads."""

SEES = {
    "triage": {"ordinary"},
    "moderator": {"ordinary"},
    "supervisor": {"ordinary"},
    "child-safety": {"ordinary", "restricted"},
    "outside-lead": {"withheld"},
    "auditor": set(),
    "administrator": set(),
    "editor": set(),
    "superuser": set(),
}

READS = SEES | {"triage": set()}
