"""Roles, the schemes that divide them into clusters, and the job functions they carry."""

from django.db import models

from iqf.catalogue.models.organisations import Organisation
from iqf.catalogue.models.things import Alias, Cited, Thing, one_of, partial_date, retired_with_reason

CONSTITUENCIES = ("core", "wider", "unknown")
TIERS = ("universal", "targeted", "specialist", "")
ROLE_STATUSES = ("established", "emerging", "proposed", "renamed", "merged", "replaced")
CONTACTS = ("constant", "frequent", "occasional", "")
BASES = ("stated", "inferred", "")
TITLE_KINDS = ("alternative", "synonym")
BODY_PARTS = ("leads", "regulates", "registers", "accredits", "approves", "owns standards")


class ClusterScheme(Cited):
    """One way of dividing the workforce (Skills England route, pathway, cluster)."""

    key = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class Cluster(Cited):
    """One part of a scheme."""

    scheme = models.ForeignKey(ClusterScheme, on_delete=models.PROTECT, related_name="clusters")
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["scheme", "key"], name="cluster_once")]

    def __str__(self) -> str:
        return self.title


class Role(Thing):
    """An occupational function (CTDL `ceterms:Occupation`, ESCO occupation). Not a job, not a person."""

    description = models.TextField(blank=True)
    explanation = models.TextField(blank=True, help_text="For somebody from another profession.")
    constituency = models.CharField(max_length=8, default="unknown")
    constituency_basis = models.CharField(max_length=8, blank=True)
    tier = models.CharField(max_length=12, blank=True)
    tier_basis = models.CharField(max_length=8, blank=True)
    contact = models.CharField(max_length=12, blank=True, help_text="How much of the work is with children.")
    status = models.CharField(max_length=12, default="established")
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="predecessors")
    status_from = models.CharField(max_length=10, blank=True, help_text="Since when the status holds, as known.")
    status_note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            one_of("constituency", CONSTITUENCIES, "role_constituency_known"),
            one_of("constituency_basis", BASES, "role_constituency_basis_known"),
            one_of("tier", TIERS, "role_tier_known"),
            one_of("tier_basis", BASES, "role_tier_basis_known"),
            one_of("contact", CONTACTS, "role_contact_known"),
            one_of("status", ROLE_STATUSES, "role_status_known"),
            partial_date("status_from", "role_status_from_shape"),
            retired_with_reason("role_retired_why"),
            models.CheckConstraint(condition=~models.Q(successor=models.F("id")), name="role_not_own_successor"),
        ]


class RoleAlias(Alias):
    """A code by which a role is found."""

    thing = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="aliases")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thing", "scheme", "key"], name="role_alias_once")]


class RoleTitle(Cited):
    """Another title of a role: used in the documents (alternative), or our suggestion (synonym)."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="titles")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "title"], name="role_title_once"),
            one_of("kind", TITLE_KINDS, "role_title_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title


class RoleCluster(Cited):
    """A role's place in one cluster of one scheme."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="places")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="members")
    primary = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "cluster"], name="role_cluster_once")]

    def __str__(self) -> str:
        return f"{self.role} in {self.cluster}"


class JobFunction(Cited):
    """Something that needs doing for children, young people and families, whoever does it."""

    key = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="functions")

    def __str__(self) -> str:
        return self.title


class RoleFunction(Cited):
    """A role carries a job function, as its main work or as a part of it."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="functions")
    function = models.ForeignKey(JobFunction, on_delete=models.PROTECT, related_name="roles")
    part = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "function"], name="role_function_once"),
            one_of("part", ("main", "part"), "role_function_part_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.function}"


class RoleBody(Cited):
    """A body's part in a role: lead body, regulator, register, owner of its standards. None, one or several."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="bodies")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roles")
    part = models.CharField(max_length=16)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "organisation", "part"], name="role_body_once"),
            one_of("part", BODY_PARTS, "role_body_part_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.part} {self.role}"
