"""Public pages of the project models: the list, a sheet, its adaptation to a place."""
