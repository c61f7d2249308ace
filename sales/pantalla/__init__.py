"""What the pages show: a lote, an order, the day, the desk's options and parameters."""
