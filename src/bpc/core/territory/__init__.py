"""Places: which commune holds a point, and the classes of a map."""
