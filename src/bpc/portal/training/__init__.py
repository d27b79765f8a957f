"""Courses and their versions: what is taught, who writes it, what is published."""
