"""URL patterns: ``pages`` with a language prefix, ``plain`` without one."""
