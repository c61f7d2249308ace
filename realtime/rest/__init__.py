"""REST of unfulfilled orders."""
