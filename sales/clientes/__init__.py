"""What is known of clients: their RUC, and finding them."""
