"""Sources that iqf reads. Each is one package: `fetch` gets the file where an address exists, `ingest` reads it."""
