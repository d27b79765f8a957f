"""Courses in a room: sessions and their seats, who came, what they thought; where a session is asked for."""
