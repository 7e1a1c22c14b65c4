"""What auditors read besides the record of each case: the staff log, the insider alarm."""
