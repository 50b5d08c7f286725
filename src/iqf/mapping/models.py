"""Raters, batches of units, and the judgements that raters gave."""

from django.db import models

from iqf.catalogue.models import Framework, Statement, Unit
from iqf.mapping.batch_states import ACCEPTED, CLOSED, DRAFT, STATES

PERSON, MACHINE = "person", "machine"
RATER_KINDS = (PERSON, MACHINE)
SINGLE, DOUBLE = "single", "double"
POLICIES = (SINGLE, DOUBLE)
AREAS, EVERY = "areas", "statements"
DEPTHS = (AREAS, EVERY)
"""Which statements of the framework a batch judges: those at its top, or every one."""
DESK, FILE = "desk", "file"
ORIGINS = (DESK, FILE)
RATE, ADJUDICATE = "rate", "adjudicate"
TASKS = (RATE, ADJUDICATE)
VERDICTS = (0, 1, 2)
VERDICT_WORDS = ("none", "partly", "fully")
"""What a verdict of 0, 1 or 2 is called."""
VERBS = ("teaches", "assesses")


def _one_of(field: str, values: tuple[object, ...], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": values}), name=name)


class Rater(models.Model):
    """Who or what judges. A machine is never shown as a person. `user`: the account of a person, if there is one."""

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=8)
    user = models.CharField(max_length=150, blank=True, db_index=True)
    about = models.CharField(max_length=400, blank=True, help_text="Which machine, or from which body.")
    wants_suggestions = models.BooleanField(default=True, help_text="At the desk, where the batch has them.")

    class Meta:
        constraints = [
            _one_of("kind", RATER_KINDS, "rater_kind_known"),
            models.CheckConstraint(condition=~models.Q(name=""), name="rater_named"),
            models.UniqueConstraint(fields=["user"], condition=~models.Q(user=""), name="rater_of_user_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"


class Batch(models.Model):
    """Units that are judged together against one framework. `version` goes up with every write to the batch itself.

    `policy`: *single*: one rater; *double*: two who do not see each other, and a third where they differ. `origin`:
    *file*: it came as judgements that were made elsewhere; it is closed, and its raters were blind to each other.
    """

    key = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="batches")
    policy = models.CharField(max_length=6)
    depth = models.CharField(max_length=10, default=AREAS, help_text="Which statements are judged.")
    origin = models.CharField(max_length=4)
    suggests = models.BooleanField(default=False, help_text="Raters who want suggestions see them at the desk.")
    seed = models.PositiveIntegerField(null=True, help_text="Of the draw, where its units were chosen for it.")
    state = models.CharField(max_length=10, default=DRAFT)
    version = models.PositiveIntegerField(default=1)
    by = models.CharField(max_length=150)
    reason = models.CharField(max_length=400, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            _one_of("state", STATES, "batch_state_known"),
            _one_of("policy", POLICIES, "batch_policy_known"),
            _one_of("depth", DEPTHS, "batch_depth_known"),
            _one_of("origin", ORIGINS, "batch_origin_known"),
            models.CheckConstraint(
                condition=~models.Q(state__in=(CLOSED, ACCEPTED)) | models.Q(closed_at__isnull=False),
                name="batch_closed_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SuggestionRun(models.Model):
    """Suggestions made for a batch at one time, from what was known then. Never changed: the latest run is shown.

    `version`: a hash of what they were learned from and of the encoder: the same hash, the same suggestions.
    `trained_on`: verdicts, of units on statements; none of them on units of the batch.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="suggestion_runs")
    version = models.CharField(max_length=64)
    encoder = models.CharField(max_length=80, blank=True)
    trained_on = models.PositiveIntegerField()
    by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Suggestions for {self.batch}, {self.version}"


class BatchUnit(models.Model):
    """A unit of a batch, in the order in which it is put to raters.

    Where it was chosen for the batch: `margin`, how far suggestions were from one half; `drawn`: at random.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="batches")
    position = models.PositiveIntegerField()
    margin = models.FloatField(null=True)
    drawn = models.BooleanField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["batch", "unit"], name="batch_unit_once")]

    def __str__(self) -> str:
        return f"{self.unit} in {self.batch}"


class Assignment(models.Model):
    """A rater who is to judge a unit of a batch, or to settle what the others differ on. Done once handed in."""

    unit = models.ForeignKey(BatchUnit, on_delete=models.PROTECT, related_name="assignments")
    rater = models.ForeignKey(Rater, on_delete=models.PROTECT, related_name="assignments")
    task = models.CharField(max_length=10, default=RATE)
    done_at = models.DateTimeField(null=True)
    draft = models.JSONField(
        default=dict, help_text="What the rater has entered and not handed in: no judgement yet."
    )
    draft_version = models.PositiveIntegerField(default=0)
    doubt = models.BooleanField(default=False, help_text="The rater is not sure about this unit.")
    rationale = models.TextField(blank=True, help_text="Why, about the unit as a whole.")
    row = models.PositiveIntegerField(null=True, help_text="Row of the file that it came in.")
    shown = models.ForeignKey(
        SuggestionRun, on_delete=models.PROTECT, null=True, related_name="shown_to", help_text="What the rater saw."
    )

    class Meta:
        indexes = [models.Index(fields=["rater", "done_at"], name="assignment_waiting")]
        constraints = [
            _one_of("task", TASKS, "assignment_task_known"),
            models.UniqueConstraint(fields=["unit", "rater"], name="assignment_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(task=ADJUDICATE), name="assignment_one_adjudicator"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rater}: {self.unit}"


class Judgement(models.Model):
    """One rater's verdict on one unit and statement (SSSOM row). What it said before is in the audit trail.

    `quotation`: words of the unit that it rests on; `quoted_from`, `quoted_at`: which of its texts, and where.
    """

    given = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="judgements")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="judgements")
    verb = models.CharField(max_length=8, default="teaches")
    verdict = models.PositiveSmallIntegerField()
    doubt = models.BooleanField(default=False)
    rationale = models.TextField(blank=True)
    quotation = models.TextField(blank=True)
    quoted_from = models.CharField(max_length=40, blank=True)
    quoted_at = models.PositiveIntegerField(null=True)
    confidence = models.FloatField(null=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["given", "statement", "verb"], name="judgement_once"),
            _one_of("verdict", VERDICTS, "judgement_verdict_known"),
            _one_of("verb", VERBS, "judgement_verb_known"),
            models.CheckConstraint(
                condition=models.Q(confidence__isnull=True) | models.Q(confidence__gte=0, confidence__lte=1),
                name="judgement_confidence_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {VERDICT_WORDS[self.verdict]}"


class Suggestion(models.Model):
    """What the machine proposed of one unit and statement. Never a judgement (SSSOM `semapv:LexicalMatching`).

    `probability`: that raters say the unit touches it; `verdict`: what accepting it enters; `rank`: from 1 among the
    statements of the unit; `words`: those of the unit that it rests on.
    """

    run = models.ForeignKey(SuggestionRun, on_delete=models.PROTECT, related_name="suggestions")
    unit = models.ForeignKey(BatchUnit, on_delete=models.PROTECT, related_name="suggestions")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="suggestions")
    probability = models.FloatField()
    verdict = models.PositiveSmallIntegerField()
    rank = models.PositiveIntegerField()
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "unit", "statement"], name="suggestion_once"),
            _one_of("verdict", VERDICTS, "suggestion_verdict_known"),
            models.CheckConstraint(
                condition=models.Q(probability__gte=0, probability__lte=1), name="suggestion_probability_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.statement}: {self.probability:.0%}"
