"""Count cases, show the counts to leads, and publish figures of each quarter that reveal nobody."""
