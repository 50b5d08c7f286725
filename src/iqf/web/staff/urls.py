"""Addresses of the staff pages, below /staff, each with the capability that it needs."""

from django.urls import URLPattern, path

from iqf.accounts import permissions as may
from iqf.accounts.permissions import Capability
from iqf.web.staff.serving import View, staff
from iqf.web.staff.views import (
    account,
    answering,
    composing,
    deciding,
    desk,
    duplicates,
    forwarding,
    frameworks,
    history,
    imports,
    inbox,
    inclusion,
    judged_elsewhere,
    judging,
    people,
    practice,
    proposals,
    proposing,
    proposing_decisions,
    quality,
    round_lines,
    round_replies,
    rounds,
    settling,
    sheet_links,
    sheets,
    sign_in,
    speaking,
    start,
    trail,
    unprotected,
)

app_name = "staff"


def page(route: str, view: View, *, needs: Capability) -> URLPattern:
    """A page to be read by those who may."""
    return path(route, staff(view, needs=needs))


def form(route: str, view: View, *, needs: Capability) -> URLPattern:
    """A page with a form, for those who may."""
    return path(route, staff(view, needs=needs, sends=True))


urlpatterns = [
    path("/sign-in", sign_in.sign_in, name="sign-in"),
    path("/sign-out", sign_in.sign_out, name="sign-out"),
    page("", start.start, needs=may.SEE),
    page("/imports", imports.index, needs=may.SEE_IMPORTS),
    page("/imports/<int:number>", imports.one, needs=may.SEE_IMPORTS),
    page("/trail", trail.trail, needs=may.SEE_TRAIL),
    page("/figures", unprotected.index, needs=may.SEE_UNPROTECTED),
    page("/figures/<str:code>", unprotected.dataset, needs=may.SEE_UNPROTECTED),
    page("/history/<str:code>", history.history, needs=may.SEE),
    form("/history/<str:code>/<int:number>", history.state, needs=may.PROPOSE),
    page("/duplicates", duplicates.duplicates, needs=may.SEE),
    form("/duplicates/pair", duplicates.pair, needs=may.DECIDE),
    page("/quality", quality.quality, needs=may.SEE),
    page("/inbox", inbox.index, needs=may.DECIDE),
    form("/inbox/several", settling.several, needs=may.DECIDE),
    form("/inbox/look", inbox.look, needs=may.DECIDE),
    form("/inbox/conflict/<str:key>", deciding.conflict, needs=may.DECIDE),
    form("/inbox/match/<int:number>", deciding.match, needs=may.DECIDE),
    form("/inbox/duplicate/<int:number>", deciding.match, needs=may.DECIDE),
    form("/inbox/similar/<int:number>", deciding.match, needs=may.DECIDE),
    form("/inbox/inclusion/<str:key>", deciding.inclusion, needs=may.INCLUDE),
    page("/decided", inbox.decided, needs=may.DECIDE),
    form("/decided/<int:number>/undo", deciding.undo, needs=may.DECIDE),
    form("/decided/together/<int:number>/undo", settling.undo, needs=may.DECIDE),
    page("/proposals", proposals.index, needs=may.PROPOSE),
    form("/proposals/new", proposing.new, needs=may.PROPOSE),
    form("/proposals/decision/<str:key>", proposing_decisions.decision, needs=may.PROPOSE),
    form("/proposals/rule/<str:code>", proposing.rule, needs=may.PROPOSE),
    form("/proposals/<int:number>", proposals.one, needs=may.PROPOSE),
    form("/proposals/<int:number>/add", proposing.add, needs=may.PROPOSE),
    form("/proposals/<int:number>/case", proposing.case, needs=may.PROPOSE),
    form("/proposals/<int:number>/change/<int:position>", proposing.edit, needs=may.PROPOSE),
    page("/proposals/<int:number>/coverage", frameworks.tested, needs=may.PROPOSE),
    page("/frameworks", frameworks.index, needs=may.PROPOSE),
    form("/frameworks/<str:key>", frameworks.one, needs=may.PROPOSE),
    page("/sheets", sheets.index, needs=may.PROPOSE),
    form("/sheets/links", sheet_links.links_page, needs=may.ONE_OFF_LINK),
    form("/sheets/uploads/<int:number>", sheets.upload, needs=may.PROPOSE),
    page("/sheets/uploads/<int:number>/marked", sheets.copy, needs=may.PROPOSE),
    form("/sheets/<str:slug>", sheets.entity, needs=may.PROPOSE),
    page("/sheets/<str:slug>/download", sheets.download, needs=may.PROPOSE),
    form("/propose/composition", composing.composition, needs=may.PROPOSE),
    form("/propose/training", forwarding.training, needs=may.PROPOSE),
    form("/propose/placement", forwarding.placement, needs=may.PROPOSE),
    form("/propose/<int:number>/<str:name>", forwarding.step, needs=may.PROPOSE),
    page("/practice", practice.index, needs=may.PROPOSE),
    form("/practice/<str:key>", practice.one, needs=may.PROPOSE),
    page("/views", speaking.index, needs=may.SEE),
    page("/views/about/<str:code>", speaking.about, needs=may.SEE),
    form("/views/state", speaking.state, needs=may.SEE),
    page("/consultations", rounds.index, needs=may.SEE),
    form("/consultations/new", rounds.new, needs=may.RUN_ROUNDS),
    form("/consultations/<int:number>", rounds.one, needs=may.RUN_ROUNDS),
    form("/consultations/<int:number>/text", rounds.revise, needs=may.RUN_ROUNDS),
    form("/consultations/<int:number>/lines", round_lines.lines, needs=may.RUN_ROUNDS),
    form("/consultations/<int:number>/comments", round_replies.replies, needs=may.RUN_ROUNDS),
    form("/consultations/<int:number>/answer", answering.signed_in, needs=may.COMMENT),
    page("/judging", judging.index, needs=may.JUDGE),
    form("/judging/new", judging.new, needs=may.KEEP_BATCHES),
    form("/judging/upload", judged_elsewhere.upload, needs=may.KEEP_BATCHES),
    page("/judging/suggestions", judging.trust, needs=may.KEEP_BATCHES),
    form("/judging/<str:key>", judging.one, needs=may.JUDGE),
    form("/judging/<str:key>/desk", desk.unit, needs=may.JUDGE),
    form("/judging/<str:key>/desk/<int:number>", desk.unit, needs=may.JUDGE),
    form("/judging/<str:key>/settle", desk.settle, needs=may.KEEP_BATCHES),
    form("/judging/<str:key>/settle/<int:number>", desk.settle, needs=may.KEEP_BATCHES),
    form("/inclusion", inclusion.rule, needs=may.INCLUDE),
    form("/account", account.account, needs=may.ACCOUNT),
    form("/account/leave/<str:code>", account.leave, needs=may.ACCOUNT),
    form("/people", people.index, needs=may.KEEP_PEOPLE),
    form("/people/<str:body>", people.body, needs=may.KEEP_PEOPLE),
    form("/people/<str:body>/invitations/<int:number>", people.invitation, needs=may.KEEP_PEOPLE),
    form("/people/<str:body>/<str:username>", people.member, needs=may.KEEP_PEOPLE),
]
