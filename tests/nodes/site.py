"""The site with its report form open although nobody is on duty, for tests of several nodes."""

from safetycenter.wsgi import application  # first, because it configures Django

from reports.staffing import intake_status  # isort: skip

intake_status._preconditions = lambda *_now: {}
__all__ = ["application"]
