"""Processes: started again, alive, measured, logged, and hostile work in one of its own."""
