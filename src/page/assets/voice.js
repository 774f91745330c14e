/* A voice note made on the page: recorded, heard, recorded anew, then sent as the file of its field. Without it, or without a
   microphone, a file is chosen. */
"use strict";
(function () {
  var BITS = 14000; // with its wrapping below 120 KiB a minute
  var MOST_S = 120;
  var KINDS = [["audio/webm;codecs=opus", "webm"], ["audio/ogg;codecs=opus", "ogg"], ["audio/mp4", "m4a"]];
  var devices = navigator.mediaDevices;
  if (!devices || !window.MediaRecorder || !window.DataTransfer) { return; }
  var kind = KINDS.filter(function (k) { return MediaRecorder.isTypeSupported(k[0]); })[0];
  if (!kind) { return; }

  // The sound is made of the parts that came: it needs no address of its own.
  function play(file) {
    var context = new AudioContext();
    return file.arrayBuffer().then(function (bytes) { return context.decodeAudioData(bytes); }).then(function (sound) {
      var source = context.createBufferSource();
      source.buffer = sound;
      source.connect(context.destination);
      source.onended = function () { context.close(); };
      source.start();
    });
  }

  document.querySelectorAll("[data-voice-for]").forEach(function (box) {
    var input = document.getElementById(box.dataset.voiceFor);
    var status = box.querySelector("[role=status]");
    var seconds = box.querySelector("[data-put=seconds]");
    var recorder;
    var clock;
    var wanted = false; // it is sent as soon as the last part is here

    function say(name) {
      var words = name && box.querySelector('[data-word="' + name + '"]');
      status.textContent = words ? words.textContent : "";
    }
    function show(now) {
      box.querySelectorAll("[data-do]").forEach(function (b) {
        b.hidden = { none: ["record"], busy: ["stop"], done: ["play", "forget"] }[now].indexOf(b.dataset.do) < 0;
      });
      var next = box.querySelector("[data-do]:not([hidden])");
      if (box.contains(document.activeElement) || document.activeElement === document.body) { next.focus(); }
    }
    function keep(parts) {
      var file = new File(parts, "voice." + kind[1], { type: kind[0].split(";")[0] });
      var files = new DataTransfer();
      files.items.add(file);
      input.files = files.files;
      show(file.size > 0 ? "done" : "none");
      say(file.size > 0 ? "kept" : "mic");
    }
    function begin() {
      devices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true } }).then(function (stream) {
        var parts = [];
        var n = 0;
        recorder = new MediaRecorder(stream, { mimeType: kind[0], audioBitsPerSecond: BITS });
        recorder.ondataavailable = function (e) { parts.push(e.data); };
        recorder.onstop = function () {
          clearInterval(clock);
          stream.getTracks().forEach(function (t) { t.stop(); });
          recorder = undefined;
          keep(parts);
          if (wanted) { wanted.click(); }
        };
        clock = setInterval(function () {
          n += 1;
          seconds.textContent = Math.floor(n / 60) + ":" + String(n % 60).padStart(2, "0");
          if (n >= MOST_S && recorder) { recorder.stop(); }
        }, 1000);
        recorder.start();
        say("busy");
        show("busy");
      }).catch(function () {
        say("mic");
        var words = input.form && input.form.querySelector("textarea, input[type=text]");
        if (words) { words.focus(); }
      });
    }
    box.addEventListener("click", function (event) {
      var button = event.target.closest("[data-do]");
      var what = button && button.dataset.do;
      if (what === "record" || what === "forget") { seconds.textContent = ""; begin(); }
      if (what === "stop" && recorder) { recorder.stop(); }
      if (what === "play") { play(input.files[0]).catch(function () { say("mic"); }); }
    });
    input.addEventListener("change", function () { show("none"); say(""); seconds.textContent = ""; });
    // Whoever goes on while it records loses nothing: it ends first.
    input.form.addEventListener("submit", function (event) {
      if (recorder) {
        event.preventDefault();
        wanted = event.submitter || input.form.querySelector("[type=submit]");
        recorder.stop();
      }
    });
    show("none");
    box.hidden = false;
  });
})();
