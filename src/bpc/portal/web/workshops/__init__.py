"""Sessions of courses in a room: the calendar, one's seat, holding them, where they are asked for."""
