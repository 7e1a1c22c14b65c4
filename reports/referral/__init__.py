"""Referral: pass a report on to an agency with a written agreement, provably, with as few facts as possible.

``fields`` is the table of what may be passed on, ``package`` builds the sealed and signed files, ``connectors`` hands
them over, ``time_to_refer`` is the second clock of a case (safety rules K1, K5, J4).
"""
