// Single keys for the inbox. Every page is complete without this file; the keys can be turned off (WCAG 2.1.4).
(function () {
  "use strict";

  var help = document.getElementById("keys");
  var form = document.querySelector("form[data-keys]");
  if (!help || !form) { return; }

  var REMEMBERED = "iqf-inbox-keys";
  var on = document.getElementById("keys-on");
  try { on.checked = window.localStorage.getItem(REMEMBERED) !== "off"; } catch (e) { /* nothing is remembered */ }
  on.addEventListener("change", function () {
    try { window.localStorage.setItem(REMEMBERED, on.checked ? "on" : "off"); } catch (e) { /* nor here */ }
  });
  help.hidden = false;

  var items = Array.from(form.querySelectorAll("[data-item]"));
  var radios = Array.from(form.querySelectorAll("input[type=radio]"));

  function here() {
    var row = document.activeElement && document.activeElement.closest(".tickable > li");
    return row ? items.findIndex(function (item) { return row.contains(item); }) : -1;
  }

  function step(by) {
    if (items.length) {
      var at = here();
      var to = at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(Math.max(at + by, 0), items.length - 1);
      items[to].focus();
      items[to].scrollIntoView({ block: "nearest" });
      return;
    }
    follow(by > 0 ? ".steps-nav [rel=next]" : ".steps-nav [rel=prev]");
  }

  function follow(selector) {
    var link = document.querySelector(selector);
    if (link) { link.click(); }
  }

  function tick() {
    var row = items[here()];
    if (row) { row.closest("li").querySelector("input[type=checkbox]").click(); }
  }

  function tickAll() {
    var boxes = Array.from(form.querySelectorAll(".tickable input[type=checkbox]"));
    var all = boxes.every(function (box) { return box.checked; });
    boxes.forEach(function (box) { box.checked = !all; });
  }

  function choose(number) {
    var radio = radios[number - 1];
    if (radio) { radio.checked = true; radio.focus(); }
    return radio;
  }

  function reason() {
    var field = document.getElementById("id_reason");
    if (field) { field.focus(); }
  }

  function ask() {
    help.open = !help.open;
    if (help.open) { help.querySelector("summary").focus(); }
  }

  var keys = {
    "j": function () { step(1); },
    "k": function () { step(-1); },
    "u": function () { follow("[data-undo]"); },
    "?": ask
  };
  var ofList = {
    "x": tick,
    "*": tickAll,
    "o": function () { if (items[here()]) { items[here()].click(); } },
    "d": function () { form.requestSubmit(); }
  };
  var ofItem = {
    "a": function () { if (choose(1)) { reason(); } },
    "r": reason,
    "l": function () { follow("[data-list]"); }
  };
  Object.assign(keys, items.length ? ofList : ofItem);

  // A key that somebody types into a field is theirs; ticking and choosing are not typing.
  function typing(element) {
    if (element.isContentEditable || element.tagName === "TEXTAREA" || element.tagName === "SELECT") { return true; }
    return element.tagName === "INPUT" && element.type !== "checkbox" && element.type !== "radio";
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) { return; }
    if (!on.checked) { return; }
    var act = keys[event.key];
    if (!act && !items.length && /^[1-9]$/.test(event.key)) { act = function () { choose(Number(event.key)); }; }
    if (act) { event.preventDefault(); act(); }
  });
})();
