"""One analyser for French and Arabic: what is indexed and what is asked pass through the same functions.

Databases only return candidates; the folding, the stems and the ranking are decided here, so that a
search gives the same answer whatever stores the rows. The method is told in ``docs/methods/search.md``.
"""
