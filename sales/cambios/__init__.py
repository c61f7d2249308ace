"""The feed of changes: written with the deed, put in order after it, read by a cursor."""
