"""The room of a meeting: what devices take down without network, and what is written on paper."""
