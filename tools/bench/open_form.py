"""The site with its report form open though nobody is on duty: for measuring only."""

from safetycenter.wsgi import application  # first, because it configures Django

from reports import opening  # isort: skip

opening._preconditions = lambda _roster: {}
__all__ = ["application"]
