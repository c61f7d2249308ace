"""What is known of articles: their barcodes, and finding them."""
