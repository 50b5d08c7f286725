// The mapping desk: keys while a verdict is in focus, and every change kept at once. The page is complete without it.
(function () {
  "use strict";
  var desk = document.querySelector("form[data-desk]");
  if (!desk || desk.querySelector(".desk-statements > fieldset[disabled]")) { return; }
  var told = desk.querySelector("[data-kept]");
  var seen = desk.querySelector("[name=seen]");
  var store = "iqf-desk-" + desk.dataset.desk;
  var undone = [];
  var waiting = null;
  var sending = null;
  var again = false;

  // Keeping. One request at a time; what could not be sent stays in this browser until it can.
  function fields() { var data = new FormData(desk); data.set("do", "keep"); return data; }
  function remember() {
    try { localStorage.setItem(store, new URLSearchParams(fields()).toString()); } catch (error) { return; }
  }
  function forget() { try { localStorage.removeItem(store); } catch (error) { return; } }
  function say(text) { told.textContent = text; }
  function keep() {
    waiting = null;
    if (sending) { again = true; return; }
    var options = { method: "POST", body: fields(), headers: { Accept: "application/json" }, keepalive: true };
    sending = fetch(desk.action, options).then(function (response) {
      if (!(response.headers.get("Content-Type") || "").startsWith("application/json")) { throw new Error("signed out"); }
      return response.json();
    }).then(function (answer) {
      if (answer.problem) { say(answer.problem); return; }
      seen.value = answer.version;
      forget();
      say("Kept at " + new Date().toTimeString().slice(0, 5));
    }).catch(function () {
      say("Not kept yet: held in this browser. Sign in again in another window if you were signed out.");
    }).finally(function () {
      sending = null;
      if (again) { again = false; keep(); }
    });
  }
  function changed() {
    remember();
    say("…");
    clearTimeout(waiting);
    waiting = setTimeout(keep, 400);
  }
  desk.addEventListener("input", changed);
  desk.addEventListener("submit", function () { clearTimeout(waiting); forget(); });

  // What an earlier visit could not send.
  function restore() {
    var text = null;
    try { text = localStorage.getItem(store); } catch (error) { return; }
    if (!text) { return; }
    var held = new URLSearchParams(text);
    Array.from(desk.elements).forEach(function (field) {
      if (!field.name || field.type === "hidden" || field.type === "submit") { return; }
      if (field.type === "radio" || field.type === "checkbox") {
        field.checked = held.getAll(field.name).indexOf(field.value) >= 0;
      } else if (held.has(field.name)) {
        field.value = held.get(field.name);
      }
    });
    changed();
  }

  // Statements and their verdicts.
  var rows = Array.from(desk.querySelectorAll(".desk-row")).filter(function (row) {
    return row.querySelector("input[name^='v-']");
  });
  function radios(row) { return Array.from(row.querySelectorAll("input[name^='v-']")); }
  function focus(row) {
    var chosen = radios(row).find(function (radio) { return radio.checked; }) || radios(row)[0];
    chosen.focus();
    show(row);
  }
  function quoted(row) { return row.querySelector("[name^='q-']"); }
  function judge(row, value) {
    var before = radios(row).find(function (radio) { return radio.checked; });
    var now = radios(row).find(function (radio) { return radio.value === value; });
    undone.push([row, before ? before.value : "0", quoted(row).value]);
    now.checked = true;
    now.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function quote(row) {
    var words = String(document.getSelection()).replace(/\s+/g, " ").trim();
    if (!words) { return; }
    var field = quoted(row);
    row.querySelector(".desk-more").open = true;
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function open(row, name) {
    row.querySelector(".desk-more").open = true;
    var field = row.querySelector("[name^='" + name + "-']");
    field.focus();
    return field;
  }

  // Suggestions: the words of the one in focus are marked in the unit; Space accepts it, with its words.
  var unit = desk.querySelector(".desk-unit");
  var mark = null;
  function unmark() {
    if (!mark) { return; }
    var parent = mark.parentNode;
    mark.replaceWith(mark.textContent);
    parent.normalize();
    mark = null;
  }
  function show(row) {
    unmark();
    var hint = row && row.querySelector(".desk-hint[data-in]");
    var text = hint && unit.querySelector("[data-text='" + hint.dataset.in + "'] > span:last-child");
    if (!text || !text.firstChild) { return; }
    var range = document.createRange();
    range.setStart(text.firstChild, Number(hint.dataset.from));
    range.setEnd(text.firstChild, Number(hint.dataset.to));
    mark = document.createElement("mark");
    range.surroundContents(mark);
    if (unit.scrollHeight > unit.clientHeight) {
      unit.scrollTop += mark.getBoundingClientRect().top - unit.getBoundingClientRect().top - 48;
    }
  }
  desk.addEventListener("focusin", function (event) { show(event.target.closest(".desk-row")); });
  function accept(row, at) {
    var hint = row.querySelector(".desk-hint");
    show(row);
    judge(row, hint.dataset.verdict);
    if (mark && hint.dataset.verdict !== "0" && !quoted(row).value) {
      quoted(row).value = mark.textContent;
      changed();
    }
    focus(rows[Math.min(at + 1, rows.length - 1)]);
  }
  var acts = {
    " ": accept,
    ArrowDown: function (row, at) { focus(rows[Math.min(at + 1, rows.length - 1)]); },
    ArrowUp: function (row, at) { focus(rows[Math.max(at - 1, 0)]); },
    c: function (row) {
      var about = row.querySelector(".desk-about");
      about.open = !about.open;
    },
    q: quote,
    w: function (row) { open(row, "r"); },
    d: function (row) {
      var box = open(row, "d");
      box.checked = !box.checked;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      focus(row);
    },
    u: function () {
      var last = undone.pop();
      if (!last) { return; }
      quoted(last[0]).value = last[2];
      judge(last[0], last[1]);
      undone.pop();
      focus(last[0]);
    }
  };
  ["0", "1", "2"].forEach(function (value) {
    acts[value] = function (row, at) { judge(row, value); focus(rows[Math.min(at + 1, rows.length - 1)]); };
  });
  var keys = desk.querySelector("[data-keys]");
  var on = desk.querySelector("[data-keys-on]");
  keys.hidden = false;
  try { on.checked = localStorage.getItem("iqf-desk-keys") !== "off"; } catch (error) { on.checked = true; }
  on.addEventListener("change", function () {
    try { localStorage.setItem("iqf-desk-keys", on.checked ? "on" : "off"); } catch (error) { return; }
  });
  desk.addEventListener("keydown", function (event) {
    if (!on.checked || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var radio = event.target.closest("input[name^='v-']");
    if (!radio || !acts[event.key]) { return; }
    var row = radio.closest(".desk-row");
    if (event.key === " " && !row.querySelector(".desk-hint")) { return; }
    event.preventDefault();
    acts[event.key](row, rows.indexOf(row));
  });

  restore();
  if (rows.length && !document.querySelector(".error-summary")) { focus(rows[0]); }
})();
