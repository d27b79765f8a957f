"""What the pages of rooms that give seats share: the forms, the guard, the desk."""
