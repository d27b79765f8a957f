"""Names that several files of this room share."""

GENERATION = "results"  # of the pages for everybody that show what became of projects
