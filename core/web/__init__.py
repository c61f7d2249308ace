"""What pages share: fragments, refusals, the header, static files, pages without a line."""
