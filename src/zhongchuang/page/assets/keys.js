// Single keys for those who examine many cases. Each stands on what it presses; their help switches them off (WCAG 2.1.4).
const help = document.querySelector("[data-keys]");
const OFF = "single-keys-off";

const BY_KEY = "opened-by-key";
const LAST = "last-case";

function isOff() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
}

/** What this tab remembers from page to page; without a store it remembers nothing. */
function remembered(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(name, value) {
  try {
    if (value) sessionStorage.setItem(name, value);
    else sessionStorage.removeItem(name);
  } catch {
    // Then the keys begin at the first row and the form waits for a Tab.
  }
}

/** Of several on one key the one behind that which is shown now, as the files of a case; else the first. */
function pressed(key) {
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  const at = all.findIndex((one) => one.hasAttribute("aria-current"));
  return all[(at + 1) % all.length];
}

/** In the queue itself J and K go from row to row, first from the case that was read last. */
function stepped(key) {
  const rows = [...document.querySelectorAll("[data-rows] th a")];
  if (!rows.length || (key !== "j" && key !== "k")) return undefined;
  const here = rows.indexOf(document.activeElement);
  const at = here < 0 ? rows.findIndex((one) => one.pathname === remembered(LAST)) : here;
  return rows[key === "j" ? Math.min(at + 1, rows.length - 1) : Math.max(at - 1, 0)];
}

function isTyping(target) {
  return target.isContentEditable || target.closest("input:not([type=checkbox]), textarea, select, dialog");
}

if (help) {
  const box = help.querySelector("input");
  help.hidden = false;
  if (!document.querySelector("[data-rows]")) remember(LAST, location.pathname);
  box.checked = !isOff();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "yes");
    } catch {
      // Without a store the switch holds for this page.
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === "?") {
      help.open = !help.open;
      help.querySelector("summary").focus();
      return;
    }
    const row = stepped(key);
    if (row) {
      row.focus();
      return;
    }
    const one = pressed(key);
    if (one) remember(BY_KEY, one.pathname);
    one?.click();
  });
}

// A file that opened beside the case is the one that is shown now.
document.addEventListener("htmx:afterSwap", (event) => {
  const frame = event.detail.target.id === "viewer" && document.querySelector("#viewer iframe, #viewer img");
  for (const one of document.querySelectorAll("[data-key=e]")) {
    const key = new URL(one.href).searchParams.get("show");
    if (frame && frame.src.includes(key)) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
});

// Ctrl and Enter send the form of a decision from within its text.
document.addEventListener("keydown", (event) => {
  const form = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("[data-send] form");
  if (form) form.requestSubmit();
});

// Who came to a form by a key writes at once; who came by touch is not shown a keyboard before asking for one.
const form = document.querySelector("[data-send] form");
if (form && remembered(BY_KEY) === location.pathname) {
  form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}
remember(BY_KEY, "");
