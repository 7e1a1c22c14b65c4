"""Words that no text to a reporter may use: somebody else may read it."""

import re

NAMES_HARM = re.compile(
    "dirundung|ancam|peras|sekstor|grooming|kekeras|seksual|telanjang|bunuh|mengakhiri hidup|penipu|"
    "bull|threat|blackmail|sextor|violence|sexual|nude|suicid|scam|abuse"
)
