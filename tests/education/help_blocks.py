"""Help texts for the tests."""

from education.help import shipped
from education.models import HelpBlock, State


def block(name: str = "sextortion-child", **texts) -> HelpBlock:
    """A published text as shipped, in both languages, with some of its columns replaced."""
    matter, person = name.split("-")
    found = shipped.variant(matter, person)
    columns = {
        f"{part}_{suffix}": found[code][part] if part in ("title", "say") else "\n".join(found[code].get(part, []))
        for code, suffix in (("id", "ind"), ("en", "en"))
        for part in ("title", *shipped.LISTS)
    }
    facts = {"name": name, "block": matter, "person": person, "number": found["number"], "state": State.PUBLISHED}
    return HelpBlock.objects.create(**(facts | columns | texts))
