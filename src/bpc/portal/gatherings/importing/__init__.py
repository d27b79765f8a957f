"""Taking in a spreadsheet of ideas collected elsewhere: checked line by line, applied once, undone exactly."""
