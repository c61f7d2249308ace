"""Which price an order sees, and what its lines are worth by it."""
