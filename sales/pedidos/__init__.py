"""An order's life after it was saved: states, voiding, review, sums, IVA, its story."""
