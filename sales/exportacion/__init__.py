"""What orders, lines, lotes and verdicts are exported as."""
