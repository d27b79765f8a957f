"""Questions and their marks, exercises, what several devices noted, review, the lessons that a project lacks."""
