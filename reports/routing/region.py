"""The region of a report: the group of islands of the province that the reporter named, if they named one.

The province stays sealed with the answers. Staff who only sort and route need no more than the region, and a smaller
place could identify somebody. A desk reads it when it indexes the report (``scheduled_tasks``). It is erased with the
case, and no statistics have it.
"""

from safetycenter import provinces

from ..models.case import Case


def told(case: Case, answers: dict) -> str:
    """Return the key of the region that ``answers`` name, or "".

    Never that of a restricted or withheld case: few of these come from one region.
    """
    return "" if case.restricted or case.withheld else provinces.region_of(answers.get("province", ""))


def in_words(case: Case) -> str:
    """Return the name of the region of ``case`` in the active language, or ""."""
    return str(provinces.REGIONS.get(case.region, ""))
