"""Skips that the end of a run names: what could not be tested in this copy, though it belongs to the run.

Other skips are of tests that belong to another database, and nobody needs to read them.
"""

import pytest

LOUD = "NOT TESTED: "


def skip_loudly(reason: str) -> None:
    """Skip the test that runs now. The last lines of the run say ``reason``."""
    pytest.skip(LOUD + reason)


def pytest_terminal_summary(terminalreporter) -> None:
    """Print each reason once."""
    reasons = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", ()) if report.longrepr]
    for reason in sorted({one.removeprefix("Skipped: ") for one in reasons if LOUD in one}):
        terminalreporter.write_sep("!", yellow=True)
        terminalreporter.write_line(reason, yellow=True)
