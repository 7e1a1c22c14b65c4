"""Pages for readers. Every view is a published page: no cookie, no visitor, the same bytes for everyone."""
