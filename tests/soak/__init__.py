"""Random interleavings and kills for as long as somebody wants: `make soak`, or `python -m tests.soak FOLDER`."""
