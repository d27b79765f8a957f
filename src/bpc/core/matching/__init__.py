"""Can we have it? Conditions of a closed vocabulary, three values each, a verdict that says why."""
