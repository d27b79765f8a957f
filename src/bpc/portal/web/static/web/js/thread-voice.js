// A voice note recorded on the telephone, put into the file box of the form: sent as any file. Where the browser
// records nothing, this stays hidden and a recording already made is chosen instead.

const MOST = 59; // seconds: what a recorder adds at its end stays within the minute
const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const ENDINGS = { "audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "m4a" };

const place = document.querySelector("[data-voice]");
const kind = window.MediaRecorder && KINDS.find((one) => MediaRecorder.isTypeSupported(one));
if (place && kind && navigator.mediaDevices?.getUserMedia) offer(place, place.closest("form"));

function offer(place, form) {
  const part = (name) => place.querySelector(`[data-voice-${name}]`);
  const [start, stop, again, heard, said] = ["start", "stop", "again", "heard", "said"].map(part);
  const box = form.elements.voice;
  let recorder, clock, address;
  place.hidden = false;

  function show(state) {
    start.hidden = state !== "idle";
    stop.hidden = state !== "on";
    part("time").hidden = state !== "on";
    again.hidden = heard.hidden = state !== "done";
  }

  start.addEventListener("click", async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      part("denied").hidden = false;
      return;
    }
    part("denied").hidden = true;
    const pieces = [];
    recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 24000 });
    recorder.addEventListener("dataavailable", (event) => { if (event.data.size) pieces.push(event.data); });
    recorder.addEventListener("stop", () => {
      clearInterval(clock);
      for (const track of stream.getTracks()) track.stop();
      put(new Blob(pieces, { type: kind.split(";")[0] }));
    });
    recorder.start(1000);
    const began = Date.now();
    clock = setInterval(() => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      part("seconds").textContent = `0:${String(Math.min(seconds, MOST)).padStart(2, "0")}`;
      if (seconds >= MOST && recorder.state === "recording") recorder.stop();
    }, 250);
    part("seconds").textContent = "0:00";
    said.textContent = said.dataset.on;
    show("on");
    stop.focus();
  });

  stop.addEventListener("click", () => { if (recorder?.state === "recording") recorder.stop(); });

  function put(sound) {
    const chosen = new DataTransfer();
    chosen.items.add(new File([sound], `message-vocal.${ENDINGS[sound.type]}`, { type: sound.type }));
    box.files = chosen.files;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    if (address) URL.revokeObjectURL(address);
    address = heard.src = URL.createObjectURL(sound);
    said.textContent = said.dataset.off;
    show("done");
    heard.focus();
  }

  again.addEventListener("click", () => {
    box.value = "";
    box.dispatchEvent(new Event("change", { bubbles: true }));
    show("idle");
    start.focus();
  });

  // sent while it records: it stops, and what was said so far goes with the message
  form.addEventListener("submit", (event) => {
    if (recorder?.state !== "recording" || event.defaultPrevented) return;
    event.preventDefault();
    recorder.addEventListener("stop", () => form.requestSubmit(event.submitter), { once: true });
    recorder.stop();
  });
}
