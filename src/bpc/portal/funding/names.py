"""Names that the rest of the room agrees on."""

#: The generation that says the directory changed: pages that show it are kept under it.
GENERATION = "funding"
