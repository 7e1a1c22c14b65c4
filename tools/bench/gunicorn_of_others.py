"""gunicorn's settings of the site, without what its workers read at their start: no other application has a search."""

from runpy import run_path

globals().update(run_path("deploy/gunicorn.conf.py"))
del post_worker_init  # noqa: F821
