"""Practice for people who enter data: exercises that are marked at once. Nothing typed here becomes data."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.catalogue.queries import NotFoundError
from iqf.reports.exercises import Exercise, NoExerciseError, exercise, exercises, marked
from iqf.web.staff.checks import checked
from iqf.web.staff.row_form import field_of

DONE = "practised"


class AnswerForm(forms.Form):
    """A field for each column that the exercise asks for, as the form of a proposal has it."""

    def __init__(self, of: Exercise, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        for asked in of.asked:
            self.fields[asked.column.name] = field_of(asked.column)


def index(request: HttpRequest) -> HttpResponse:
    """The exercises, those that were done, and what is checked when it is in earnest."""
    done = set(request.session.get(DONE, ()))
    listed = [(each, each.key in done) for each in exercises()]
    context = {"exercises": listed, "left": sum(not d for _, d in listed), "checks": checked()}
    return render(request, "staff/practice/index.html", context)


def one(request: HttpRequest, key: str) -> HttpResponse:
    """One exercise; once it is answered, with a mark at every field. Raises NotFoundError."""
    try:
        of = exercise(key)
    except NoExerciseError as error:
        raise NotFoundError(str(error)) from error
    form = AnswerForm(of, request.POST or None)
    marks = marked(of, {name: request.POST.get(name, "") for name in form.fields}) if request.method == "POST" else ()
    for mark in marks:
        if mark.wrong and form.is_bound:
            form.add_error(mark.column.name, mark.wrong)
    all_right = bool(marks) and all(mark.right for mark in marks)
    if all_right:
        request.session[DONE] = sorted({*request.session.get(DONE, ()), of.key})
    keys = [each.key for each in exercises()]
    after = next(iter(keys[keys.index(of.key) + 1 :]), "")
    context = {
        "exercise": of,
        "form": form,
        "marks": marks,
        "all_right": all_right,
        "after": after,
    }
    return render(request, "staff/practice/one.html", context)
