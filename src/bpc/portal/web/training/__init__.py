"""Learning: the courses, a lesson to read, do and check, what I follow, what comes back."""
