"""Links from published texts to other sites: where each is used, whether it still works, and replacing it."""
