"""The board's pages and fragments."""
