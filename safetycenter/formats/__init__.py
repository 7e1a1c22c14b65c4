"""How dates and times are written in each language (``FORMAT_MODULE_PATH``), where Django's own way is not ours."""
