"""What may happen to a plan: what moves it most, how far it may move, how likely it is to fail, and named shocks."""
