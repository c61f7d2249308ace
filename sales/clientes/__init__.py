"""What is known of clients: their tax numbers, and finding them."""
