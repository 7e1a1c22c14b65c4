"""Proof that the record of events is whole, against someone who can write the database but has no key of a desk.

``register`` countersigns every event into one chain over all cases; ``anchors`` send its head off this machine;
``erasure`` says whether the record shows a reason to erase a case; ``checkpoints`` remove events after the period of
the record; ``walk`` checks everything; ``alarms`` keep what was noticed until an auditor has looked into it.
"""
