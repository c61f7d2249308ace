"""The engine: which list is in force, its compiled rulebook, a cart's prices, and their reasons."""
