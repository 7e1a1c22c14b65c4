"""Snowball's stemmer for English. The other 35 languages of its package are never loaded.

The package imports all of them, 3 MB in each process, whichever is wanted. Here its folder becomes a package under a
name of ours whose own code does not run, and of its modules only what English needs is loaded.
"""

import sys
from importlib import import_module, util
from importlib.machinery import ModuleSpec
from typing import Any

_PACKAGE = "snowballstemmer"
_OURS = f"{__name__}_{_PACKAGE}"  # the real name stays free: who imports that gets the whole package


def _english() -> Any:
    """Return the class of the stemmer. Raises ModuleNotFoundError, when the site starts, if it is not installed."""
    found = util.find_spec(_PACKAGE)
    if found is None:
        raise ModuleNotFoundError(f"No module named {_PACKAGE!r}", name=_PACKAGE)
    spec = ModuleSpec(_OURS, None, is_package=True)
    spec.submodule_search_locations = found.submodule_search_locations
    sys.modules[_OURS] = util.module_from_spec(spec)
    return import_module(f"{_OURS}.english_stemmer").EnglishStemmer


EnglishStemmer = _english()
