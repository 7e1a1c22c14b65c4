"""The effects of actions: functions ``(case, by, **details)`` that change a locked case and return facts.

Only ``lifecycle.perform`` calls them. Facts are written to the audit log, so they are keys and counts, never text.
"""

from .shared import BACK_TO_TRIAGE, attach_files

__all__ = ["BACK_TO_TRIAGE", "attach_files"]
