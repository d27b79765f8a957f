"""Builds the files of `data/` from the source packages. Development only: the site never imports this."""
