"""Secrets. This room knows bytes and keys, not cases.

What it defends against: someone who copies the database, the evidence folder, the logs and a public node's whole disk
must not be able to read a report. A public node can seal for the desk but not open; only a node with the desk's
private key, or a reporter's own secret, opens. What it cannot defend: a live desk server that is taken over.
"""
