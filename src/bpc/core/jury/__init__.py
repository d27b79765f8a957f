"""Juries: weights, severity, conflicts, assignment of readings, ranking with its uncertainty."""
