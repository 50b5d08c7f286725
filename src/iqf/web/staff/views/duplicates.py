"""Things that may be the same thing, side by side, with the score and the reason."""

from collections.abc import Sequence
from typing import Any, overload

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.analysis.likeness import Verdict
from iqf.reports.duplicates import Found, LikePair, shown
from iqf.web.staff.checks import likeness_of
from iqf.web.staff.paging import kept, page_of

PER_PAGE = 50
OF = {"qualifications": "Qualifications", "units": "Units"}
VERDICTS: dict[Verdict, str] = {"similar": "The same or similar", "same": "The same by what they are called"}


class _Pairs(Sequence[LikePair]):
    """What was found, read a page at a time."""

    def __init__(self, found: Found, verdict: Verdict) -> None:
        self._found, self._verdict = found, verdict
        self._count = shown(found, verdict=verdict, limit=0).kept

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> LikePair: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[LikePair]: ...
    def __getitem__(self, at: int | slice) -> LikePair | Sequence[LikePair]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        start, stop, _ = at.indices(self._count)
        return shown(self._found, verdict=self._verdict, limit=stop - start, offset=start).pairs


def duplicates(request: HttpRequest) -> HttpResponse:
    """The pairs that the address asks for: `of` qualifications or units, `verdict` similar or same."""
    of = request.GET.get("of", "")
    of = of if of in OF else "qualifications"
    verdict: Verdict = "same" if request.GET.get("verdict") == "same" else "similar"
    found = likeness_of(of)
    page = page_of(request, _Pairs(found, verdict), PER_PAGE)
    total = page.paginator.count
    context = {
        "page": page,
        "fields": _fields(of, verdict),
        "keep": kept(request),
        "count": f"{total:,} pair{'' if total == 1 else 's'} of {found.looked_at:,} {of}",
        "clear": request.path if (of, verdict) != ("qualifications", "similar") else "",
        "of": of,
        "capped": found.likeness.capped[:10],
    }
    return render(request, "staff/duplicates.html", context)


def _fields(of: str, verdict: Verdict) -> list[dict[str, Any]]:
    def options(values: dict[Any, str], on: str) -> list[dict[str, Any]]:
        return [{"value": value, "text": text, "selected": value == on} for value, text in values.items()]

    return [
        {"name": "of", "label": "Among", "options": options(OF, of)},
        {"name": "verdict", "label": "How like", "options": options(VERDICTS, verdict)},
    ]
