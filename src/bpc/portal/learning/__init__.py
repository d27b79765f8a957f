"""What people learn: courses begun, what their devices noted, review, what is finished."""
