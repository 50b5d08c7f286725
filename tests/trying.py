"""How many cases a property test draws: the same ones in every run, or with TIMES= so many times as many, and others.

A run that fails one time in fifty tells whoever changes something else nothing. New cases are looked for by
`make explore`, which draws at random.
"""

import os

from hypothesis import HealthCheck, Phase, settings

TIMES = int(os.environ.get("TIMES", "0"))
CASES = 100

settings.register_profile(
    "any machine",
    max_examples=CASES * max(1, TIMES),
    derandomize=not TIMES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
settings.load_profile("any machine")


def trying(cases: int = CASES, *, steps: int = 50, dear: bool = False) -> settings:
    """So many cases, and steps of a state machine; of dear ones a failing case is shown as it was found."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate) if dear else tuple(Phase)
    return settings(max_examples=cases * max(1, TIMES), stateful_step_count=steps, phases=phases)
