"""The site with its report form open although nobody is on duty, and many reporters at one address: for measuring."""

from dataclasses import replace

from safetycenter.wsgi import application  # first, because it configures Django

from reports.staffing import intake_status  # isort: skip
from safetycenter import limits  # isort: skip

limits.DRAFT = replace(limits.DRAFT, max_hits=1_000_000)
intake_status._preconditions = lambda *_now: {}
__all__ = ["application"]
