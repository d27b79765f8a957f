"""Which sources together: a mixed-integer program over amounts and months, with its reasons."""
