"""The parts of the fault run: what is sent, what dies, and the count afterwards."""
