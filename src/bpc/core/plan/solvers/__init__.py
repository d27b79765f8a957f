"""What must be true for a plan to hold: how much to borrow, at which price, with which volume or grant."""
