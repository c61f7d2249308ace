"""Price lists as spreadsheets: read within a budget, compared, confirmed, written."""
