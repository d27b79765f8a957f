"""Names that the rest of the room agrees on."""

#: The generation that says editions changed: pages that show them are kept under it.
GENERATION = "contests"
