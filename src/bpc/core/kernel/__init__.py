"""Money, rates, months and named figures: the small words every engine speaks. Rounding lives here only."""
