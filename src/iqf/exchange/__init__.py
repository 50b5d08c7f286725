"""Official sources in, standard formats in and out."""
