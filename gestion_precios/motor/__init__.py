"""The pricing engine's rooms: what is pure of it, and the types of its answers."""
