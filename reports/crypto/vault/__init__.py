"""Encryption of reports. This package handles bytes and keys and knows nothing of cases.

Threat: an attacker who copies the database, the evidence folder, the logs and the whole disk of a public node must not
be able to read a report. A public node can seal for the desk but cannot open; only a node with the desk's private key,
or the reporter's secret, can open. Not covered: a running desk server that is taken over.
"""
