"""Who may enter, with what, for how long, and how all of it ends."""
