"""Tables as spreadsheets: XLSX and CSV written a piece at a time, their texts inert."""
