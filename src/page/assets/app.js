/* Small comforts. Every page works without them. */
"use strict";
(function () {
  var faults = document.getElementById("faults");
  if (faults) {
    faults.focus(); // for browsers that know autofocus on inputs only
  }
  // Whoever does this all day begins to type at once.
  var first = !faults && document.querySelector("form[data-first] :is(input:not([type=hidden]), select, textarea)");
  if (first) {
    first.focus();
  }
  // Whoever must be gone at once: nothing of this page stays on the screen or behind "back".
  var leave = document.querySelector("[data-leave]");
  function gone() {
    document.documentElement.hidden = true;
    history.replaceState(null, "", "/");
    location.replace(leave.href);
  }
  if (leave) {
    var shifts = 0;
    leave.addEventListener("click", function (event) { event.preventDefault(); gone(); });
    document.addEventListener("keydown", function (event) {
      shifts = event.key === "Shift" ? shifts + (event.repeat ? 0 : 1) : 0;
      if (shifts === 3) { gone(); }
      setTimeout(function () { shifts = 0; }, 3000);
    });
  }
  // A password that is asked for once can be looked at before it is sent.
  document.querySelectorAll("[data-reveal]").forEach(function (button) {
    var input = document.getElementById(button.dataset.reveal);
    if (input) {
      button.hidden = false;
      button.addEventListener("click", function () {
        var shown = input.type === "text";
        input.type = shown ? "password" : "text";
        button.setAttribute("aria-pressed", shown ? "false" : "true");
      });
    }
  });
  // Number and PIN, for a message to oneself.
  function words(button, name) { return document.getElementById(button.getAttribute(name)).textContent.trim(); }
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    if (!navigator.clipboard) { return; }
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(words(button, "data-copy")).then(function () {
        document.getElementById("copied").hidden = false;
      });
    });
  });
  document.querySelectorAll("[data-share]").forEach(function (button) {
    if (!navigator.share) { return; }
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.share({ text: words(button, "data-share") }).catch(function () {});
    });
  });
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();
