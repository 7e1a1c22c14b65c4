"""The site with its report form open though nobody is on duty: for measuring only."""

from safetycenter.wsgi import application  # first, because it configures Django

from reports.staffing import intake_status  # isort: skip

intake_status._preconditions = lambda _roster: {}
__all__ = ["application"]
