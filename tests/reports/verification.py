"""What ``verify_audit`` says."""

from io import StringIO

from django.core.management import CommandError, call_command


def verdict(*arguments) -> str:
    """What the command says of the record: its errors, and whether it failed."""
    said = StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=StringIO(), stderr=said)
    except CommandError as error:
        return f"{said.getvalue()}{error}"
    return "whole"
