/* Small comforts. Every page works without them. */
"use strict";
(function () {
  var faults = document.getElementById("faults");
  if (faults) {
    faults.focus(); // for browsers that know autofocus on inputs only
  }
  // Whoever does this all day begins to type at once.
  var first = !faults && document.querySelector("form[data-first] input:not([type=hidden])");
  if (first) {
    first.focus();
  }
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();
