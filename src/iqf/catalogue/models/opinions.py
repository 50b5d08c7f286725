"""What organisations say of what stands here: who agrees, who disputes, and why."""

from django.db import models

from iqf.catalogue.models.frameworks import Alignment
from iqf.catalogue.models.organisations import Organisation
from iqf.catalogue.models.qualifications import Qualification
from iqf.catalogue.models.requirements import Requirement
from iqf.catalogue.models.roles import RoleCluster
from iqf.catalogue.models.things import Cited, one_of
from iqf.catalogue.models.units import Unit

STANCES = ("agrees", "disputes")
ABOUT = ("requirement", "place", "alignment", "qualification", "unit")


def _about(field: str) -> models.Q:
    return models.Q(**{f"{name}__isnull": name != field for name in ABOUT})


class Opinion(Cited):
    """An organisation agrees with or disputes something, and says why. Nobody's view is averaged away.

    Exactly one is set: a requirement of a role, a role's place in a cluster, an alignment; or a qualification or
    unit, whose level it is about.
    """

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, null=True, related_name="opinions")
    place = models.ForeignKey(RoleCluster, on_delete=models.PROTECT, null=True, related_name="opinions")
    alignment = models.ForeignKey(Alignment, on_delete=models.PROTECT, null=True, related_name="opinions")
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, null=True, related_name="opinions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="opinions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="opinions")
    stance = models.CharField(max_length=8)
    reason = models.TextField()
    on = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            *(models.UniqueConstraint(fields=[name, "organisation"], name=f"opinion_{name}_once") for name in ABOUT),
            one_of("stance", STANCES, "opinion_stance_known"),
            models.CheckConstraint(
                condition=models.Q(*map(_about, ABOUT), _connector=models.Q.OR), name="opinion_about_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.stance}"
