"""The tasks of housekeeping without its records of when each began and succeeded, which are two fifths of a round."""

from reports.management.commands.housekeeping import TASKS


def run(*names: str) -> None:
    """Run the tasks with these names, by default all, in the order of housekeeping. An error in one is raised."""
    assert set(names) <= set(TASKS)
    for name in [name for name in TASKS if name in names or not names]:
        TASKS[name]()
