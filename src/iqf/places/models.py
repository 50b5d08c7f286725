"""Areas by GSS code."""

from django.db import models

KINDS = {
    "country": "Country",
    "region": "Region",
    "subregion": "Part of a region",
    "authority": "Local authority",
    "district": "District",
    "lsip": "Local skills improvement plan area",
    "combined authority": "Combined authority",
}
REORGANISED = {
    "code": "the same area under a new code",
    "merged": "part of a larger area from then on",
    "divided": "divided among several areas from then on",
}


class Area(models.Model):
    """A place with a GSS code (EES `country_code`, `region_code`, `new_la_code`).

    `parent` is the area it is part of: authority, region, country. `starts` and `ends` are days, where known: an area
    that was reorganised keeps its code and its history, and `Reorganisation` says what came of it.
    """

    code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    starts = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=tuple(KINDS)), name="area_kind_known")]

    def __str__(self) -> str:
        return self.name


class Reorganisation(models.Model):
    """What came of an area: a stated fact, never a guess. Figures are not carried over by it, only explained."""

    old = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="became")
    new = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="came_from")
    on = models.CharField(max_length=10)
    how = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="reorganisation_once"),
            models.CheckConstraint(condition=models.Q(how__in=tuple(REORGANISED)), name="reorganisation_known"),
        ]

    def __str__(self) -> str:
        return f"{self.old} became {self.new} on {self.on}"


class Membership(models.Model):
    """An area that belongs to another beside the hierarchy: a skills improvement plan area, a combined authority.

    `edition` is that of the list that says so, such as 2025.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="memberships")
    group = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="members")
    edition = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "group", "edition"], name="area_membership_once")]

    def __str__(self) -> str:
        return f"{self.area} in {self.group} ({self.edition})"
