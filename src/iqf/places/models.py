"""Areas by GSS code."""

from django.db import models


class Area(models.Model):
    """A place with a GSS code (EES `country_code`, `region_code`, `new_la_code`)."""

    code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=("country", "region")), name="area_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name
