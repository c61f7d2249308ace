"""An order on paper and in messages: what it says, its PDF, the load sheet, and its mark."""
