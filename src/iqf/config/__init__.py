"""Settings, addresses and wiring. No logic."""
