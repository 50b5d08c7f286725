"""Areas and their codes: countries and regions now, authorities through time later."""
