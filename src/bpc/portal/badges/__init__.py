"""What people achieved: stored achievements, awards, signed credentials (Open Badges 3.0), what of them still holds."""
