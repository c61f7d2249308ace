"""The demo's clients, client channels, fallback prices and users."""
