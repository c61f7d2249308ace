"""The demo's part of the board."""
