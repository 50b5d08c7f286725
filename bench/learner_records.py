"""A made-up learner file (ILR) of one large college: 15,000 learners from 120 postcode districts on 700 aims."""

import random
from collections.abc import Sequence
from pathlib import Path

SEED = 11
MORE_AIMS = (22, 28, 22, 14, 9, 5)
"""Of a hundred learners, how many take 1, 2, 3… aims: about 2.7 each."""
ACHIEVED = 0.7


def write(path: Path, aims: Sequence[str], learners: int, districts: int) -> None:
    """The file, always the same: most learners live near, and few of the aims have most of the learners."""
    of = random.Random(SEED)
    wanted = [1 / (n + 3) ** 0.9 for n in range(len(aims))]
    near = [1 / (n + 2) ** 1.3 for n in range(districts)]
    with path.open("w") as file:
        file.write('<Message xmlns="ESFA/ILR/2019-20"><Header/><LearningProvider/>\n')
        for n in range(learners):
            (district,) = of.choices(range(districts), near)
            (many,) = of.choices(range(1, len(MORE_AIMS) + 1), MORE_AIMS)
            taken = sorted(set(of.choices(aims, wanted, k=many)))
            file.write(_learner(n, district, [(aim, of.random() < ACHIEVED) for aim in taken]))
        file.write("</Message>\n")


def _learner(n: int, district: int, aims: Sequence[tuple[str, bool]]) -> str:
    told = "".join(
        f"<LearningDelivery><LearnAimRef>{aim}</LearnAimRef><CompStatus>2</CompStatus>"
        f"<Outcome>{1 if achieved else 3}</Outcome></LearningDelivery>"
        for aim, achieved in aims
    )
    home = f"{chr(65 + district // 10)}A{district % 10 + 1} 1AA"
    return f"<Learner><LearnRefNumber>R{n}</LearnRefNumber><Postcode>{home}</Postcode>{told}</Learner>\n"
