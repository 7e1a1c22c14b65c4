"""Verify that the audit log is complete, against an attacker who can write the database but has no key of a desk.

``register`` countersigns every event in one chain over all cases; ``anchors`` send its head to another machine;
``erasure`` checks whether the log shows a reason to erase a case; ``checkpoints`` and ``removal`` remove events after
their retention period; ``walk`` checks everything; ``alarms`` are kept until an auditor has looked into them.
"""
