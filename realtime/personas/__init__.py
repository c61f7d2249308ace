"""Which boards, cards and rows a user sees."""
