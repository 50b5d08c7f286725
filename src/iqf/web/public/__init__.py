"""Pages anyone may read. A view parses its address, asks one question of `reports`, and shows the answer."""
