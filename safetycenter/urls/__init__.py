"""Which doors exist depends on NODE: one module each for ``all``, ``public`` and ``desk``."""
