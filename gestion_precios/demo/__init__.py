"""The demo's companies and catalogue: data lists, and the code that loads them."""
