"""A seat in a room: first in, first served, and a list for those who wait."""
