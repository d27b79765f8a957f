"""Long forms: values to boxes and back, rows that come and go, faults beside the box, no script needed."""
