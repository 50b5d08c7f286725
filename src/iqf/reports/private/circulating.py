"""What can be circulated in a consultation round, as lines: roles, requirements, statements, a proposal."""

from collections.abc import Iterator

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError, find
from iqf.codes import level_words
from iqf.reports.private.proposed import ChangeShown, changes_shown
from iqf.review.drafted import Drafted
from iqf.review.models import Proposal
from iqf.review.proposal_states import DRAFT, OPEN

ASKED = ("mandatory", "significant")


def clusters() -> list[tuple[str, str]]:
    """Every cluster as `scheme/key` and in words, in the order of the schemes."""
    rows = m.Cluster.objects.filter(LIVE).select_related("scheme").order_by("scheme__position", "position", "pk")
    return [(f"{c.scheme.key}/{c.key}", f"{c.title} ({c.scheme.title})") for c in rows]


def frameworks() -> list[tuple[str, str]]:
    """Every framework by its key and title."""
    return list(m.Framework.objects.filter(LIVE).order_by("title").values_list("key", "title"))


def roles_in(cluster: str) -> list[Drafted]:
    """The roles of a cluster (`scheme/key`), each with what it is. Raises NotFoundError."""
    return [
        Drafted(f"{role.title}: {role.description}" if role.description else role.title, "role", role.code)
        for role in _roles(cluster)
    ]


def requirements_in(cluster: str) -> list[Drafted]:
    """What the roles of a cluster ask for as mandatory or significant. Raises NotFoundError."""
    return list(_requirements(_roles(cluster)))


def requirements_of(role: str) -> list[Drafted]:
    """What one role, by any of its names, asks for as mandatory or significant. Raises NotFoundError."""
    thing = find(role, ("role",))
    return list(_requirements([m.Role.objects.get(pk=thing.pk)]))


def statements_of(framework: str) -> list[Drafted]:
    """The statements of a framework, by its key or code, in their order. Raises NotFoundError."""
    found = find(framework, ("framework",))
    held = m.Framework.objects.get(pk=found.pk)
    rows = held.statements.filter(LIVE).order_by("position", "pk")
    return [Drafted(f"{s.code} {s.title}", "statement", f"{held.key}:{s.code}") for s in rows]


def changes_of(number: int) -> list[Drafted]:
    """What a proposal that waits would change, a line for each change. Raises NotFoundError."""
    found = Proposal.objects.filter(pk=number, state__in=OPEN).exclude(state=DRAFT) if number < 2**63 else None
    held = found.first() if found is not None else None
    if held is None:
        raise NotFoundError(f"There is no proposal {number} that waits.")
    return [Drafted(_sentence(change), "proposed change", _code(change)) for change in changes_shown(held)]


def _roles(cluster: str) -> list[m.Role]:
    scheme, _, key = cluster.partition("/")
    held = m.Cluster.objects.filter(LIVE, scheme__key=scheme, key=key).first()
    if held is None:
        raise NotFoundError(f'There is no cluster "{cluster}".')
    return list(m.Role.objects.filter(LIVE, places__cluster=held, places__retired_on=None).order_by("title"))


def _requirements(roles: list[m.Role]) -> Iterator[Drafted]:
    rows = m.Requirement.objects.filter(LIVE, role__in=roles, strength__in=ASKED, qualification__retired_on=None)
    rows = rows.select_related("role", "qualification").order_by("role__title", "strength", "qualification__title")
    for row in rows:
        level = level_words(row.qualification.level)
        text = f"{row.role.title}: {row.qualification.title} ({level}) is {row.strength}"
        yield Drafted(text, "requirement", row.role.code)


def _sentence(change: ChangeShown) -> str:
    about = ", ".join(cell.words for _, cell in change.about if cell.words)
    fields = "; ".join(
        f"{field.label} from {_quoted(field.now.words)} to {_quoted(field.to_be.words)}"
        if change.act == "change"
        else f"{field.label}: {field.to_be.words}"
        for field in change.fields
        if field.to_be.words or field.now.words
    )
    return ": ".join(filter(None, (f"{change.sentence} {about}".strip(), fields)))


def _quoted(words: str) -> str:
    return f"“{words}”" if words else "blank"


def _code(change: ChangeShown) -> str:
    return next((cell.thing.code for _, cell in change.about if cell.thing), "")
