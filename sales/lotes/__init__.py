"""A lote's way: received, reserved by a worker, its orders checked and written, its answer told."""
