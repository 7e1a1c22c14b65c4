"""django-helpdesk as its documentation installs it, to be measured beside the form and the desk.

It runs in a separate environment (``var/helpdesk``, ``requirements-bench.txt``), so nothing here imports the site.
"""
