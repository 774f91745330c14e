/* On every page of staff: how many records of this device are not sent yet; nobody signs out before they are. */
"use strict";
(function () {
  var NAME = "sunwai-offline";
  function waiting(then) {
    if (!window.indexedDB || !indexedDB.databases) { return; }
    indexedDB.databases().then(function (all) {
      if (!all.some(function (d) { return d.name === NAME; })) { return; } // nothing was ever kept here: nothing is made
      var asked = indexedDB.open(NAME);
      asked.onsuccess = function () {
        var db = asked.result;
        if (!db.objectStoreNames.contains("queue")) { db.close(); return; }
        var count = db.transaction("queue").objectStore("queue").index("open").count();
        count.onsuccess = function () { db.close(); then(count.result); };
        count.onerror = function () { db.close(); };
      };
    });
  }
  var box = document.querySelector("[data-unsent]");
  var unsent = 0;
  function show() {
    waiting(function (n) {
      unsent = n;
      if (box) {
        box.hidden = n === 0;
        box.querySelector("b").textContent = n.toLocaleString(document.documentElement.lang);
      }
    });
  }
  show();
  addEventListener("sunwai-queue", show);
  addEventListener("pageshow", show);
  var out = document.querySelector("form[data-sign-out]");
  if (out) {
    out.addEventListener("submit", function (event) {
      if (unsent > 0) {
        event.preventDefault();
        document.getElementById("unsent-stay").hidden = false;
        document.getElementById("unsent-stay").focus();
      }
    });
  }
})();
