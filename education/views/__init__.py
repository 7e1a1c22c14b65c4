"""Views of the public pages. Every view works without cookies or sessions and returns the same bytes to everyone."""
