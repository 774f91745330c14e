/* A voice note of at most two minutes, and pictures made smaller, before either is kept. */
import { each, one, put, say, word } from "./offline-view.js";

const BITS = 15000; // with its wrapping below 120 KiB a minute
const MOST_S = 120;
const SIDE = 1280;

function buttons(box, now) {
  const shown = { none: ["record"], busy: ["stop"], done: ["play", "forget"] }[now];
  each("[data-do]", (b) => { b.hidden = !shown.includes(b.dataset.do); }, box);
}

// The sound is made of the parts that came: it needs no address of its own.
async function play(bytes) {
  const context = new AudioContext();
  const source = context.createBufferSource();
  source.buffer = await context.decodeAudioData(bytes.slice().buffer);
  source.connect(context.destination);
  source.onended = () => context.close();
  source.start();
}

// { bytes(), busy(), stop() } of a field of voice: what was recorded, or nothing.
export function voice(root, had) {
  const box = one("[data-voice]", root);
  let bytes = had;
  let recorder;
  let clock;
  let ended;
  async function begin() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true } });
    } catch {
      say(word("mic"), true);
      root.elements.description?.focus();
      return;
    }
    const parts = [];
    let seconds = 0;
    try {
      const mimeType = ["audio/webm;codecs=opus", "audio/mp4"].find((t) => MediaRecorder.isTypeSupported(t));
      recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS });
    } catch {
      stream.getTracks().forEach((t) => t.stop());
      say(word("mic"), true);
      return;
    }
    recorder.ondataavailable = (e) => parts.push(e.data);
    ended = new Promise((done) => {
      recorder.onstop = async () => {
        clearInterval(clock);
        stream.getTracks().forEach((t) => t.stop());
        recorder = undefined;
        bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
        buttons(box, bytes.length ? "done" : "none");
        say(word("voice_kept"));
        root.dispatchEvent(new Event("input"));
        done();
      };
    });
    clock = setInterval(() => {
      seconds += 1;
      put("seconds", Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0"), box);
      if (seconds >= MOST_S) { recorder?.stop(); }
    }, 1000);
    recorder.start();
    buttons(box, "busy");
  }
  box.addEventListener("click", (event) => {
    const what = event.target.closest("[data-do]")?.dataset.do;
    if (what === "record") { begin(); }
    if (what === "stop") { recorder?.stop(); }
    if (what === "play") { play(bytes).catch(() => say(word("not_saved"), true)); }
    if (what === "forget") { bytes = undefined; put("seconds", "", box); buttons(box, "none"); begin(); }
  });
  if (had) { buttons(box, "done"); }
  // What was said up to here; nobody is listened to once the form is gone.
  const stop = () => { recorder?.stop(); return ended; };
  addEventListener("hashchange", stop, { once: true });
  return { busy: () => recorder !== undefined, stop, bytes: () => bytes };
}

async function smaller(file) {
  const whole = await createImageBitmap(file, { imageOrientation: "from-image" });
  const by = Math.min(1, SIDE / Math.max(whole.width, whole.height));
  const canvas = new OffscreenCanvas(Math.round(whole.width * by), Math.round(whole.height * by));
  canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
  whole.close();
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.75 });
  return new Uint8Array(await blob.arrayBuffer());
}

// Pictures of a form, made smaller; undefined when one of them cannot be read, which is said.
export async function photos(form) {
  const out = [];
  for (const file of form.elements.photos?.files ?? []) {
    try {
      out.push(await smaller(file));
    } catch {
      say(word("photo_wrong"), true);
      return undefined;
    }
  }
  return out;
}
// Those that a draft had, back in their field.
export function givePhotos(form, photos) {
  const all = new DataTransfer();
  photos.forEach((bytes, i) => all.items.add(new File([bytes], i + 1 + ".jpg", { type: "image/jpeg" })));
  form.elements.photos.files = all.files;
}
