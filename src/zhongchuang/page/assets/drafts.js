// Keeps what is typed into a form: soon after a pause, when a field or the page is left, and again until it arrives (U-01).

import { owner, say, state, whenBack } from "./session.js";

const PAUSE = 1000;
const NEVER = new Set(["csrfmiddlewaretoken"]);

class Draft {
  constructor(box) {
    this.box = box;
    this.form = box.closest("form");
    this.status = box.querySelector("[role=status]");
    this.conflict = box.querySelector("[data-conflict]");
    this.dirty = this.held = this.leaving = this.unreachable = false;
    this.saving = null;
    this.wait = 0;
    box.querySelector(".later").hidden = true;
    this.form.addEventListener("input", (event) => this.typed(event));
    this.form.addEventListener("change", (event) => this.typed(event));
    this.form.addEventListener("focusout", () => this.save());
    this.form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.save(true) : this.save()));
    addEventListener("online", () => this.save());
    addEventListener("beforeunload", (event) => this.dirty && !this.leaving && (this.wait || this.held) && event.preventDefault());
    box.querySelector("[data-mine]").addEventListener("click", () => this.settle());
    box.querySelector("[data-theirs]").addEventListener("click", () => this.settle(this.theirs.fields));
    whenBack(() => this.back());
  }

  part(name) {
    return this.form.elements.namedItem(name);
  }

  typed(event) {
    if (event.target.type === "file" || event.target.type === "password") return;
    this.dirty = true;
    this.later(PAUSE);
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  /** What is kept: everything but files and passwords. */
  get values() {
    const values = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      const field = this.part(name);
      if (typeof value === "string" && field?.type !== "password") values.append(name, value);
    }
    return values;
  }

  save(keepalive = false) {
    if (!this.dirty || this.held || this.saving || this.leaving) return;
    clearTimeout(this.timer);
    this.dirty = false;
    this.saving = this.send(keepalive).finally(() => {
      this.saving = null;
      if (this.dirty && !this.held) this.later(this.wait || PAUSE);
    });
  }

  async send(keepalive) {
    const body = this.values;
    let answer, found;
    try {
      answer = await fetch(this.box.dataset.draft, {
        method: "POST", body, keepalive: keepalive && String(body).length < 60000, redirect: "manual",
        headers: { "X-Draft": "1", Accept: "application/json" },
      });
      found = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    } catch {
      this.unreachable = true;
      return this.again(this.box.dataset.unsaved);
    }
    this.unreachable = [502, 503, 504].includes(answer.status);
    if (answer.ok) return this.done(found);
    if (answer.status === 401) return this.signedOut();
    if (answer.status === 403) return this.refused(found);
    if (answer.status === 409 && found.error === "overtaken") return this.overtaken(found);
    if (found.text) return this.stop(found.text);
    return this.again(this.box.dataset.unsaved);
  }

  done(found) {
    this.wait = 0;
    this.part("draft_version").value = found.version;
    this.tell(this.box.dataset.saved.replace("{clock}", found.saved), true);
  }

  /** No connection, or the server is away: the text waits here, and is sent again and again. */
  again(text) {
    this.dirty = true;
    this.wait = Math.min(this.wait * 2 || 2000, 15000);
    this.tell(text);
  }

  stop(text) {
    this.dirty = true;
    this.held = true;
    this.tell(text);
  }

  /** Nothing is tried until the same person is signed in again. */
  signedOut() {
    this.stop(this.box.dataset.signedOut);
    say("over");
  }

  /** The key of the form is old after a new sign-in: take the new one; someone else's sign-in saves nothing. */
  async refused(found) {
    let now;
    try {
      now = await state();
    } catch {
      return this.again(this.box.dataset.unsaved);
    }
    if (now.user === null) return this.signedOut();
    if (found.error === "other_person" || now.user !== owner()) {
      this.stop(this.box.dataset.other);
      return say("other");
    }
    this.dirty = true;
    this.wait = Math.min(this.wait * 2 || 500, 15000);
  }

  overtaken(found) {
    this.stop("");
    this.theirs = found;
    const list = this.conflict.querySelector("dl");
    list.replaceChildren();
    for (const [name, values] of Object.entries(found.fields)) this.compare(list, name, values);
    this.conflict.querySelector("[data-gone]").hidden = found.version > 0;
    this.conflict.querySelector("[data-theirs]").hidden = found.version === 0;
    this.conflict.hidden = false;
    this.conflict.focus();
  }

  /** A line for a field that says something else in the other window. */
  compare(list, name, values) {
    const field = this.part(name);
    const label = field && (field.labels || field[0]?.closest("fieldset")?.querySelectorAll("legend"))?.[0];
    if (!label || String(this.values.getAll(name)) === String(values)) return;
    const [term, value] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = label.textContent;
    value.textContent = values.map((one) => field.options && [...field.options].find((o) => o.value === one)?.text || one).join(", ") || "–";
    list.append(term, value);
  }

  /** Goes on with what stands here, or with the values of the other window. */
  settle(fields) {
    for (const control of fields ? this.form.elements : []) {
      if (NEVER.has(control.name) || ["hidden", "file", "password", "submit", "button"].includes(control.type)) continue;
      const values = fields[control.name] || [];
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (control.options) for (const one of control.options) one.selected = values.includes(one.value);
      else if (control.name) control.value = values[0] ?? "";
    }
    this.part("draft_version").value = this.theirs.version;
    this.conflict.hidden = true;
    this.held = false;
    this.dirty = true;
    this.save();
    this.form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }

  back() {
    this.held = !this.conflict.hidden;
    this.save();
  }

  tell(text, good = false) {
    this.status.classList.toggle("unsaved", !good);
    this.status.textContent = text;
    if (good) this.status.prepend(this.box.querySelector("template").content.cloneNode(true));
  }

  /** The text is kept before the form goes; where nothing can be reached, the form stays here with it. */
  submit(event) {
    if (event.defaultPrevented) return;
    this.save();
    if (!this.saving) {
      this.leaving = true;
      clearTimeout(this.timer);
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    this.saving.finally(() => {
      if (this.unreachable) return;
      this.dirty = false;
      this.form.requestSubmit(submitter);
    });
  }
}

for (const box of document.querySelectorAll("[data-draft]")) new Draft(box);
