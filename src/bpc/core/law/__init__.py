"""The law of cooperatives as a calculation: what a file meets, when each delay ends, how a surplus is shared."""
