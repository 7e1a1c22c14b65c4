"""The hours of the day at which made-up reports arrive: few at night, most in the evening, by the clock of Jakarta."""

import random
from datetime import datetime, timedelta

from safetycenter.zones import WIB

# Reports of each hour of the day from midnight on, in 1,000. An assumption for the demo: most reports are written after
# school or work, and some at night.
HOURS = (22, 14, 9, 7, 7, 10, 18, 28, 32, 34, 36, 40, 48, 46, 48, 54, 60, 62, 66, 80, 92, 88, 62, 37)
TRIES = 8  # then the moment stays as it is: a case that is not late yet arrived a short time ago, at whatever hour
HOUR = timedelta(hours=1)


def arrival(dice: random.Random, earliest: datetime, latest: datetime) -> datetime:
    """Return a random moment between two, more often in an hour in which more people report."""
    moment = earliest
    for _number in range(TRIES):
        moment = earliest + (latest - earliest) * dice.random()
        if dice.random() * max(HOURS) < HOURS[hour_of(moment)]:
            break
    return moment


def hour_of(moment: datetime) -> int:
    """Return the hour of the day in Jakarta."""
    return (int(moment.timestamp()) // 3600 + WIB.utc_offset) % 24
