"""The small work of each action: functions ``(case, by, **details)`` that change a locked case and return facts.

They are called by ``lifecycle.perform`` only. Facts go into the record, so they are keys and counts, never words.
"""

from .shared import BACK_TO_TRIAGE, adopt

__all__ = ["BACK_TO_TRIAGE", "adopt"]
