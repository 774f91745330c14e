/* For whoever works at a desk all day: keys, a list to type in, a form that is kept. Every page works without. */
"use strict";
(function () {
  // ---- shortcuts: printed beside what they press. By the key's place, for an Urdu keyboard gives Urdu letters. ----
  document.addEventListener("keydown", function (event) {
    var enter = event.code === "Enter" || event.code === "NumpadEnter";
    if (event.shiftKey || event.metaKey || !(enter ? event.ctrlKey && !event.altKey : event.altKey && !event.ctrlKey)) { return; }
    var target = document.querySelector('[data-key="' + (enter ? "Enter" : event.code) + '"]');
    if (target) {
      event.preventDefault();
      target.click();
    }
  });

  // ---- a list that is typed into: two digits, or some letters of the words ----
  function plain(text) {
    return text.toLowerCase().replace(/[\u06f0-\u06f9]/g, function (d) { return d.charCodeAt(0) - 0x06f0; })
      .replace(/[\u0660-\u0669]/g, function (d) { return d.charCodeAt(0) - 0x0660; })
      .replace(/\u064a/g, "\u06cc").replace(/\u0643/g, "\u06a9");
  }
  function combo(select) {
    var label = document.querySelector('label[for="' + select.id + '"]');
    var input = document.createElement("input");
    var list = document.createElement("ul");
    var box = document.createElement("div");
    var shown = [];
    var active = -1;
    var had = document.activeElement === select;
    var options = Array.prototype.filter.call(select.options, function (o) { return o.value; });
    input.type = "text";
    input.className = "line";
    input.autocomplete = "off";
    input.id = select.id;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", select.id + "-list");
    ["aria-describedby", "aria-invalid"].forEach(function (name) {
      if (select.hasAttribute(name)) { input.setAttribute(name, select.getAttribute(name)); }
    });
    list.id = select.id + "-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", label.textContent);
    list.hidden = true;
    box.className = "combo";
    select.removeAttribute("id");
    select.hidden = true;
    input.value = select.value ? select.options[select.selectedIndex].text : "";
    select.parentNode.insertBefore(box, select);
    box.appendChild(input);
    box.appendChild(list);
    if (had) { input.focus(); }

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function mark(at) {
      active = at;
      Array.prototype.forEach.call(list.children, function (item, i) {
        item.setAttribute("aria-selected", i === at ? "true" : "false");
        if (i === at) {
          input.setAttribute("aria-activedescendant", item.id);
          item.scrollIntoView({ block: "nearest" });
        }
      });
    }
    function choose(option) {
      select.value = option ? option.value : "";
      input.value = option ? option.text : input.value;
      close();
      select.dispatchEvent(new Event("input", { bubbles: true }));
    }
    function show() {
      var words = plain(input.value).split(/\s+/).filter(Boolean);
      shown = options.filter(function (o) {
        var text = plain(o.text);
        return words.every(function (w) { return /^\d/.test(w) ? text.indexOf(w) === 0 : text.indexOf(w) >= 0; });
      });
      list.textContent = "";
      shown.forEach(function (o, i) {
        var item = document.createElement("li");
        item.id = list.id + "-" + i;
        item.setAttribute("role", "option");
        item.textContent = o.text;
        item.addEventListener("mousedown", function (event) {
          event.preventDefault();
          choose(o);
        });
        list.appendChild(item);
      });
      list.hidden = shown.length === 0;
      input.setAttribute("aria-expanded", list.hidden ? "false" : "true");
      mark(shown.length && words.length ? 0 : -1);
    }
    input.addEventListener("input", function () {
      select.value = "";
      show();
    });
    input.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) { show(); }
        mark(Math.max(0, Math.min(shown.length - 1, active + (event.key === "ArrowDown" ? 1 : -1))));
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if ((event.key === "Enter" || event.key === "Tab") && !list.hidden && active >= 0) {
        choose(shown[active]);
      }
    });
    input.addEventListener("blur", function () {
      if (!list.hidden && active >= 0) { choose(shown[active]); }
      if (!select.value) { input.value = ""; }
      close();
    });
  }

  // ---- Enter goes on to the next field that is not chosen yet; it never sends half a form ----
  function goOn(event) {
    if (event.key !== "Enter" || event.ctrlKey || event.altKey || !event.target.matches("input, select")) { return; }
    event.preventDefault();
    var all = Array.prototype.filter.call(event.currentTarget.querySelectorAll("input, select, textarea, summary, button"), function (e) {
      return !e.disabled && e.type !== "hidden" && e.offsetParent !== null && !(e.type === "radio" && e.name === event.target.name) &&
        !(e.type === "select-one" && e.value);
    });
    var next = all.filter(function (e) { return event.target.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING; })
      .filter(function (e) { return !e.closest(".known"); })[0];
    if (next) { next.focus(); }
  }

  // ---- read back: Enter on the box is her agreement, and registers ----
  function agreeing(agreed) {
    agreed.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && !event.ctrlKey) {
        event.preventDefault();
        agreed.checked = true;
        document.querySelector('#register [data-key="Enter"]').click();
      }
    });
  }

  // A page that fills itself in later says "filled".
  function ready(root) {
    root.querySelectorAll("select[data-combo]").forEach(combo);
    root.querySelectorAll("form[data-next]").forEach(function (f) { f.addEventListener("keydown", goOn); });
    root.querySelectorAll("#register [name=agreed]").forEach(agreeing);
  }
  ready(document);
  document.addEventListener("filled", function (event) { ready(event.target); });

  // ---- the form itself ----
  var form = document.querySelector("form[data-keep]");
  if (!form) { return; }
  var phone = form.elements.phone;
  var known = form.querySelector(".known");
  var isKnown = false;

  // What is known already is filled in: she begins at what is not.
  if (!document.getElementById("faults")) {
    ["phone", "name", "service", "unit", "description"].some(function (name) {
      var field = document.getElementById(name);
      if (field && !field.value) { field.focus(); }
      return field && !field.value;
    });
  }

  form.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.ctrlKey && !event.altKey && event.target === phone && isKnown) {
      event.preventDefault();
      known.querySelector("button").click();
      return;
    }
    goOn(event);
  });

  function post(to, fields, leaving) {
    fields.set("_token", form.elements._token.value);
    return fetch(to, { method: "POST", body: new URLSearchParams(fields), redirect: "manual", credentials: "same-origin", keepalive: leaving === true });
  }

  // Whether anybody came with this number: in a word beside it, never who.
  var asked = "";
  phone.addEventListener("input", function () {
    var digits = plain(phone.value).replace(/\D/g, "");
    if (digits.length < 10 || digits === asked) { return; }
    asked = digits;
    var fields = new FormData();
    fields.set("phone", phone.value);
    post("/people/known", fields).then(function (r) { return r.ok ? r.text() : ""; }).then(function (words) {
      isKnown = words.length > 0;
      known.querySelector("[role=status]").textContent = words;
    }, function () { /* a comfort only */ });
  });

  // What is typed is kept on the server, a moment after it was.
  var waiting = 0;
  var sent = "";
  function keep(leaving) {
    waiting = 0;
    var fields = new FormData(form);
    fields.delete("_key");
    var now = new URLSearchParams(fields).toString();
    if (now !== sent) {
      sent = now;
      post(form.dataset.keep, fields, leaving).catch(function () { sent = ""; });
    }
  }
  form.addEventListener("input", function () {
    if (!waiting) { waiting = setTimeout(keep, 2000, false); }
  });
  // What was typed last goes along: the server also forgets what turned out to be none of its matters.
  form.addEventListener("submit", function () {
    if (waiting) { clearTimeout(waiting); keep(true); }
  });
})();
