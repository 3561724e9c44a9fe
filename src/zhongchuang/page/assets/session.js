// The session of an open page: a warning before it ends, and signing in again without leaving the form (S-06, U-01).

const dialog = document.querySelector("dialog[data-session]");
const WARNING = 120;
const again = new Set();
let timer, watch;

/** Who is signed in, for how long, and the key that forms are sent with; rejects where there is no connection. */
export async function state(post = "") {
  const options = { headers: { Accept: "application/json" }, cache: "no-store" };
  if (post) Object.assign(options, { method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken: post }) });
  const answer = await fetch(dialog.dataset.session, options);
  if (!answer.ok) throw new Error(String(answer.status));
  const found = await answer.json();
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = found.token;
  return found;
}

export const owner = () => dialog && Number(dialog.dataset.user);

/** Calls `act` each time that the person of this page is signed in again. */
export function whenBack(act) {
  again.add(act);
}

/** Shows one of the dialog's three messages. */
export function say(when) {
  if (!dialog || (dialog.open && dialog.dataset.said === when)) return;
  dialog.dataset.said = when;
  for (const part of dialog.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(when);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("h2").focus();
  clearInterval(watch);
  watch = setInterval(look, 3000);
}

/** Asks how the session stands, and says so where the reader must do something. */
export async function look() {
  let found;
  try {
    found = await state();
  } catch {
    plan(30);
    return;
  }
  if (found.user === null) return say("over");
  if (found.user !== owner()) return say("other");
  if (found.left <= WARNING) {
    plan(found.left + 1);
    return say("soon");
  }
  const wasOver = dialog.dataset.said && dialog.dataset.said !== "soon";
  dialog.dataset.said = "";
  clearInterval(watch);
  if (dialog.open) dialog.close();
  if (wasOver) again.forEach((act) => act());
  plan(found.left - WARNING + 1);
}

function plan(seconds) {
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(seconds, 1) * 1000);
}

if (dialog) {
  plan(Number(dialog.dataset.left) - WARNING + 1);
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.querySelector("[data-stay]").addEventListener("click", async () => {
    try {
      await state((await state()).token);
    } finally {
      look();
    }
  });
  dialog.addEventListener("close", () => clearInterval(watch));
  document.addEventListener("visibilitychange", () => document.hidden || look());
  // A page that the Back button brings out of memory is shown to nobody but its owner (M-07).
  addEventListener("pageshow", async (event) => {
    if (event.persisted && (await state()).user !== owner()) location.reload();
  });
  addEventListener("focus", () => dialog.open && look());
}
