"""The `bpc` command: the engine without the site, and without a database."""
