"""The board's stream: its tickets, its one reader a process, its guard, its end."""
