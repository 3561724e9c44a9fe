// Tools of a page that is read: aloud by a voice of the reader's own machine, on paper, passed on (U-08, U-11).
// They need this script, so they are hidden without it.

const tools = document.querySelector("[data-article-tools]");

/** A voice for the language of the page that sends nothing over the network. */
function voiceHere() {
  const language = document.documentElement.lang.slice(0, 2);
  return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.startsWith(language));
}

function readAloud(button, voice) {
  const parts = document.querySelectorAll("main h1, main .article :is(h2, h3, p, li, dt, dd, th, td), main .panel .condlist li");
  for (const part of parts) {
    const words = new SpeechSynthesisUtterance(part.textContent);
    words.voice = voice;
    words.lang = voice.lang;
    speechSynthesis.speak(words);
  }
  const last = new SpeechSynthesisUtterance("");
  last.onend = () => button.setAttribute("aria-pressed", "false");
  speechSynthesis.speak(last);
}

function offerReading(button) {
  const voice = voiceHere();
  if (!voice || !button.hidden) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const reads = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!reads));
    speechSynthesis.cancel();
    if (!reads) readAloud(button, voice);
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // On a site without HTTPS there is no clipboard to write to, but what is selected can be copied.
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("not copied");
}

if (tools) {
  tools.hidden = false;
  tools.querySelector("[data-print]").addEventListener("click", () => print());
  const reader = tools.querySelector("[data-read]");
  if ("speechSynthesis" in window) {
    offerReading(reader);
    speechSynthesis.addEventListener?.("voiceschanged", () => offerReading(reader));
  }
}
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await copy(button.dataset.copy || location.href);
    button.querySelector("[role=status]").textContent = button.dataset.done;
  });
}
