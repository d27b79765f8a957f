"""Pages of badges: checking one without an account, one's own, revoking one; the documents that machines read."""
