"""An order's life after it was saved: what may be done to it, and what is done."""
