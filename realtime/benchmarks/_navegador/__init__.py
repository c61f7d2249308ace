"""The parts of the fault run for the browser's half: hands on pages, faults, and the count."""
