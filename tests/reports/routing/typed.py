"""What the page of the routing rules sends."""


def typed(*rows: dict, base: int | str = "", fallback: str = "", **more) -> dict:
    """The fields of a form with these rules."""
    data = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0, "base": base, "fallback": fallback}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-{name}": value for name, value in row.items()}
    return data | more
