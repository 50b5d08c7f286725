"""The staff pages, a module for each. A view parses the address to a value, asks one report, and shows the answer."""
