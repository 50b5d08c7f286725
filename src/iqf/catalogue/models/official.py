"""The official rows that describe the things of the catalogue: which row, by which rule, and why we think so."""

from django.db import models

from iqf.catalogue.models.organisations import Organisation
from iqf.catalogue.models.qualifications import Qualification
from iqf.catalogue.models.roles import Role
from iqf.catalogue.models.things import Retirable, Thing, one_of
from iqf.register.models import OfficialRow

TIED_KINDS = ("qualification", "organisation", "role")
"""The kinds of thing that an official row may describe: each has its own column of the link."""

RULES = ("number", "identifier", "name", "title", "")
"""What made a link: a number or identifier that both carry, or a name or title of one; blank: a person did."""


class OfficialLink(Retirable):
    """One thing of the catalogue and one official row that describes it, and why we think so.

    Exactly one of the columns of things is filled, so that each link is held to a thing that is there. A link that a
    person made has no rule; no list takes it back.
    """

    qualification = models.ForeignKey(
        Qualification, on_delete=models.PROTECT, null=True, related_name="official_links"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="official_links")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, related_name="official_links")
    official_row = models.ForeignKey(OfficialRow, on_delete=models.PROTECT, related_name="links")
    rule = models.CharField(max_length=12, blank=True, help_text="What made the link; blank: a person did.")
    because = models.CharField(max_length=400)

    class Meta:
        constraints = [
            *(
                models.UniqueConstraint(fields=[kind, "official_row"], name=f"{kind}_link_once")
                for kind in TIED_KINDS
            ),
            one_of("rule", RULES, "official_link_rule_known"),
            models.CheckConstraint(
                condition=models.Q(qualification__isnull=False, organisation__isnull=True, role__isnull=True)
                | models.Q(qualification__isnull=True, organisation__isnull=False, role__isnull=True)
                | models.Q(qualification__isnull=True, organisation__isnull=True, role__isnull=False),
                name="official_link_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing} is {self.official_row}"

    @property
    def thing(self) -> Thing:
        """The thing that the row describes."""
        thing = self.qualification or self.organisation or self.role
        if thing is None:
            raise ValueError("An official link has a thing.")
        return thing
