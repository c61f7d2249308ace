"""What REST is asked about prices, and the shapes of its answers."""
