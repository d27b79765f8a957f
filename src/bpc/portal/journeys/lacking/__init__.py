"""What a project lacks, where it is seen, and the lessons that answer it."""
