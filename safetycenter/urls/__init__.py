"""URL configurations, chosen by NODE: one module each for ``all``, ``public`` and ``desk``."""
