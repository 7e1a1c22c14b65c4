"""django-helpdesk as its documentation installs it, to be measured beside the form and the desk.

It runs in an environment of its own (``var/helpdesk``, ``requirements-bench.txt``), so nothing here imports the site.
"""
