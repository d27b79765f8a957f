"""What the statements say in a few figures: value, return, debt cover, break-even, people."""
