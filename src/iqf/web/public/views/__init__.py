"""The public pages, a module for each. A view parses the address, asks one report, and shows the answer."""
