// Drawing on the plan of a site: desks and rooms are moved, turned and taken away, and saved together by one form.
// Without this script the plan is a picture, and forms do the same one by one.
(() => {
  const root = document.querySelector("[data-plan]");
  const svg = root && root.querySelector("svg.plan");
  const form = document.getElementById("plan-form");
  if (!svg || !form) return;

  const CELL = 24;
  const SVG = "http://www.w3.org/2000/svg";
  const columns = Number(svg.dataset.columns);
  const rows = Number(svg.dataset.rows);
  const part = (name) => root.querySelector(`[data-${name}]`);
  const field = form.elements.differences;
  const kept = field.value;
  const history = [];
  let chosen = new Set();
  let last = null;

  const words = (name, values) =>
    root.dataset[name].replace(/\{(\w+)\}/g, (_, key) => String(values[key]));
  const say = (text) => {
    const place = part("said");
    place.hidden = false;
    place.textContent = text;
  };

  // --- things: desks and rooms ---------------------------------------------------------------------

  const deskOf = (group) => ({
    group, kind: "desk", label: group.dataset.label, series: group.dataset.series,
    x: Number(group.dataset.x), y: Number(group.dataset.y), turned: group.dataset.turned === "1", gone: false,
  });
  const roomOf = (group) => ({
    group, kind: "room", label: group.dataset.name,
    x: Number(group.dataset.x), y: Number(group.dataset.y),
    width: Number(group.dataset.width), depth: Number(group.dataset.depth), gone: false,
  });
  const desks = [...svg.querySelectorAll(".seat")].map(deskOf);
  const rooms = [...svg.querySelectorAll(".room")].map(roomOf);
  const things = () => [...rooms, ...desks];
  const state = ({ x, y, turned, width, depth, gone }) => ({ x, y, turned, width, depth, gone });
  const size = (thing) => {
    if (thing.kind === "room") return [thing.width, thing.depth];
    return thing.turned ? [2, 3] : [3, 2];
  };
  for (const thing of things()) thing.start = state(thing);

  function overlaps(one, other) {
    const [w, d] = size(one);
    const [v, e] = size(other);
    return one.x < other.x + v && other.x < one.x + w && one.y < other.y + e && other.y < one.y + d;
  }

  function draw(thing) {
    const { group } = thing;
    const [width, depth] = size(thing);
    group.setAttribute("transform", `translate(${thing.x * CELL} ${thing.y * CELL})`);
    group.classList.toggle("chosen", chosen.has(thing));
    group.classList.toggle("gone", thing.gone);
    group.setAttribute("aria-pressed", String(chosen.has(thing)));
    const told = thing.gone ? "ended" : thing.kind === "room" ? "room" : "place";
    group.setAttribute("aria-label", words(told, { ...thing, width, depth }));
    const rect = group.querySelector("rect");
    const inset = thing.kind === "room" ? 0 : 4;
    rect.setAttribute("width", width * CELL - inset);
    rect.setAttribute("height", depth * CELL - inset);
    if (thing.kind === "desk") {
      const text = group.querySelector("text");
      text.setAttribute("x", (width * CELL) / 2);
      text.setAttribute("y", (depth * CELL) / 2);
    } else {
      const handle = group.querySelector(".handle");
      handle.setAttribute("x", width * CELL - CELL);
      handle.setAttribute("y", depth * CELL - CELL);
    }
  }

  function prepare(thing) {
    const { group } = thing;
    group.setAttribute("tabindex", "0");
    group.setAttribute("role", "button");
    if (thing.kind === "room") {
      const handle = document.createElementNS(SVG, "rect");
      handle.setAttribute("class", "handle");
      handle.setAttribute("width", CELL);
      handle.setAttribute("height", CELL);
      group.append(handle);
    }
    group.thing = thing;
  }

  function differences() {
    const same = (thing) => JSON.stringify(state(thing)) === JSON.stringify(thing.start);
    const moved = desks.filter((desk) => !desk.gone && !same(desk));
    const gone = desks.filter((desk) => desk.gone);
    const found = {
      moves: Object.fromEntries(moved.map((desk) => [desk.series, [desk.x, desk.y, desk.turned]])),
      ended: gone.map((desk) => desk.series),
    };
    const changed = rooms.filter((room) => !same(room) && !(room.fresh && room.gone));
    if (changed.length) {
      found.rooms = rooms
        .filter((room) => !room.gone)
        .map(({ label, x, y, width, depth }) => ({ name: label, x, y, width, depth }));
      found.removed = rooms.filter((room) => room.gone && !room.fresh).map((room) => room.label);
    }
    return { found, count: moved.length + gone.length + changed.length, gone: gone.length };
  }

  function show() {
    for (const thing of things()) draw(thing);
    const left = desks.filter((desk) => !desk.gone);
    const placed = left.map((desk) => [desk, left.some((other) => other !== desk && overlaps(desk, other))]);
    for (const [desk, clash] of placed) desk.group.classList.toggle("clash", clash);
    const labels = placed.filter(([, clash]) => clash).map(([desk]) => desk.label);
    part("clash").hidden = labels.length === 0;
    part("clash").textContent = part("clash").dataset.clash.replace("{labels}", labels.join(", "));
    const { found, count, gone } = differences();
    form.hidden = count === 0;
    part("ending").hidden = gone === 0;
    part("count").textContent = words("unsaved", { count });
    const text = JSON.stringify(found);
    if (field.value !== text && (count || field.value)) {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true })); // the draft of the form is kept
    }
    return count;
  }

  // --- what is done with them ----------------------------------------------------------------------

  function remember(list) {
    history.push(list.map((thing) => [thing, state(thing)]));
  }

  function undo() {
    const step = history.pop();
    if (!step) return;
    for (const [thing, before] of step) Object.assign(thing, before);
    show();
    say(root.dataset.undone);
  }

  const wanted = () => [...chosen].filter((thing) => !thing.gone);
  const meant = (thing) => (thing && !chosen.has(thing) ? [thing] : wanted());

  function room(list, dx, dy) {
    const left = Math.min(...list.map((thing) => thing.x));
    const top = Math.min(...list.map((thing) => thing.y));
    const right = Math.max(...list.map((thing) => thing.x + size(thing)[0]));
    const bottom = Math.max(...list.map((thing) => thing.y + size(thing)[1]));
    return [Math.max(-left, Math.min(dx, columns - right)), Math.max(-top, Math.min(dy, rows - bottom))];
  }

  function shift(list, dx, dy) {
    if (!list.length) return;
    const [x, y] = room(list, dx, dy);
    remember(list);
    for (const thing of list) Object.assign(thing, { x: thing.x + x, y: thing.y + y });
    show();
    say(list.map((thing) => words("place", thing)).join("; "));
  }

  function stretch(list, dx, dy) {
    const sized = list.filter((thing) => thing.kind === "room");
    if (!sized.length) return;
    remember(sized);
    for (const thing of sized) {
      thing.width = Math.max(1, Math.min(thing.width + dx, columns - thing.x));
      thing.depth = Math.max(1, Math.min(thing.depth + dy, rows - thing.y));
    }
    show();
    say(sized.map((thing) => words("room", thing)).join("; "));
  }

  function turn(list) {
    const turning = list.filter((thing) => thing.kind === "desk");
    if (!turning.length) return;
    remember(turning);
    for (const desk of turning) {
      desk.turned = !desk.turned;
      const [width, depth] = size(desk);
      desk.x = Math.min(desk.x, columns - width);
      desk.y = Math.min(desk.y, rows - depth);
    }
    show();
    say(turning.map((desk) => words("turned", desk)).join("; "));
  }

  function end(list) {
    if (!list.length) return;
    remember(list);
    for (const thing of list) thing.gone = true;
    chosen = new Set([...chosen].filter((thing) => !thing.gone));
    show();
    say(list.map((thing) => words("ended", thing)).join("; "));
  }

  function choose(list) {
    chosen = new Set(list.filter((thing) => !thing.gone));
    show();
    say(words("selected", { count: chosen.size }));
  }

  function toggle(thing) {
    const next = new Set(chosen);
    if (!next.delete(thing)) next.add(thing);
    choose([...next]);
  }

  function newRoom(values) {
    const group = document.createElementNS(SVG, "g");
    group.setAttribute("class", "room");
    const wall = document.createElementNS(SVG, "rect");
    wall.setAttribute("class", "wall");
    const text = document.createElementNS(SVG, "text");
    text.setAttribute("x", 8);
    text.setAttribute("y", 20);
    text.textContent = values.label;
    group.append(wall, text);
    svg.querySelector("[data-rooms]").append(group);
    const thing = { group, kind: "room", gone: true, fresh: true, ...values };
    thing.start = state(thing);
    rooms.push(thing);
    prepare(thing);
    return thing;
  }

  function addRoom() {
    const field = document.getElementById("room-name");
    if (!field.value.trim()) {
      field.focus();
      return;
    }
    const thing = newRoom({
      label: field.value.trim(), x: 1, y: 1, width: Math.min(8, columns - 1), depth: Math.min(6, rows - 1),
    });
    remember([thing]);
    thing.gone = false;
    field.value = "";
    choose([thing]);
    thing.group.focus();
  }

  const DO = {
    left: () => shift(meant(null), -1, 0), right: () => shift(meant(null), 1, 0),
    up: () => shift(meant(null), 0, -1), down: () => shift(meant(null), 0, 1),
    turn: () => turn(meant(null)), end: () => end(meant(null)), undo,
    all: () => choose(desks), none: () => choose([]), room: addRoom,
  };
  part("tools").addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    if (!chosen.size && last && !last.gone && !["undo", "all", "none", "room"].includes(button.dataset.do)) choose([last]);
    DO[button.dataset.do]();
  });

  // --- keyboard ------------------------------------------------------------------------------------

  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  svg.addEventListener("focusin", (event) => {
    const group = event.target.closest(".seat, .room");
    if (group) last = group.thing;
  });
  root.addEventListener("keydown", (event) => {
    if (event.target.closest("input")) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      undo();
    }
  });
  svg.addEventListener("keydown", (event) => {
    const group = event.target.closest(".seat, .room");
    if (!group || event.ctrlKey || event.metaKey || event.altKey) return;
    const { thing } = group;
    const way = WAYS[event.key];
    if (way) (event.shiftKey ? stretch : shift)(meant(thing), ...way);
    else if (event.key === " " || event.key === "Enter") toggle(thing);
    else if (event.key.toLowerCase() === "r") turn(meant(thing));
    else if (event.key === "Delete" || event.key === "Backspace") end(meant(thing));
    else if (event.key === "Escape") choose([]);
    else return;
    event.preventDefault();
  });

  // --- pointer -------------------------------------------------------------------------------------

  let drag = null;
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    const scale = (columns * CELL) / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  };

  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const group = event.target.closest(".seat, .room");
    const [x, y] = at(event);
    if (!group) {
      if (event.pointerType !== "mouse") return;
      const band = document.createElementNS(SVG, "rect");
      band.setAttribute("class", "band");
      svg.append(band);
      drag = { band, x, y, keep: event.shiftKey ? [...chosen] : [] };
    } else {
      const { thing } = group;
      const several = event.shiftKey || event.ctrlKey || event.metaKey || event.pointerType === "touch";
      const was = chosen.has(thing);
      if (!was) choose(several ? [...chosen, thing] : [thing]);
      const sizing = event.target.classList.contains("handle");
      const list = sizing ? [thing] : wanted();
      drag = { thing, several, was, sizing, x, y, list, before: list.map((one) => [one, state(one)]), moved: false };
      group.focus({ preventScroll: true });
    }
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  });

  // A finger on a desk drags it; beside the desks it scrolls the plan. Browsers heed `touch-action` inside SVG unevenly.
  const hold = (event) => event.target.closest(".seat, .room") && event.cancelable && event.preventDefault();
  svg.addEventListener("touchstart", hold, { passive: false });

  svg.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const [x, y] = at(event);
    if (drag.band) {
      drag.band.setAttribute("x", Math.min(x, drag.x));
      drag.band.setAttribute("y", Math.min(y, drag.y));
      drag.band.setAttribute("width", Math.abs(x - drag.x));
      drag.band.setAttribute("height", Math.abs(y - drag.y));
      return;
    }
    for (const [thing, before] of drag.before) Object.assign(thing, before);
    const dx = Math.round((x - drag.x) / CELL);
    const dy = Math.round((y - drag.y) / CELL);
    if (drag.sizing) {
      const { thing } = drag;
      thing.width = Math.max(1, Math.min(thing.width + dx, columns - thing.x));
      thing.depth = Math.max(1, Math.min(thing.depth + dy, rows - thing.y));
    } else {
      const [cx, cy] = room(drag.list, dx, dy);
      for (const thing of drag.list) Object.assign(thing, { x: thing.x + cx, y: thing.y + cy });
    }
    drag.moved = drag.moved || dx !== 0 || dy !== 0;
    for (const thing of drag.list) draw(thing);
  });

  function drop(event) {
    if (!drag) return;
    const done = drag;
    drag = null;
    if (done.band) {
      const [x, y] = at(event);
      const box = { x: Math.min(x, done.x) / CELL, y: Math.min(y, done.y) / CELL, kind: "room" };
      box.width = Math.abs(x - done.x) / CELL;
      box.depth = Math.abs(y - done.y) / CELL;
      done.band.remove();
      choose([...done.keep, ...desks.filter((desk) => overlaps(box, desk))]);
    } else if (event.type === "pointercancel") {
      for (const [thing, before] of done.before) Object.assign(thing, before);
      show();
    } else if (done.moved) {
      history.push(done.before);
      show();
      say(done.list.map((thing) => words("place", thing)).join("; "));
    } else if (done.was) {
      if (done.several) toggle(done.thing);
      else choose([done.thing]);
    }
  }
  svg.addEventListener("pointerup", drop);
  svg.addEventListener("pointercancel", drop);

  // --- what was drawn before -----------------------------------------------------------------------

  /** Draw again what was drawn before, on the plan as it is now. */
  function bring(found) {
    const places = (found.rooms || []).map(({ name, ...place }) => {
      const known = rooms.find((room) => !room.fresh && room.label === name);
      return [known || newRoom({ label: name, ...place }), place];
    });
    remember(things());
    for (const desk of desks) {
      const place = found.moves && found.moves[desk.series];
      if (place) [desk.x, desk.y, desk.turned] = place;
      if ((found.ended || []).includes(desk.series)) desk.gone = true;
    }
    for (const [room, place] of places) Object.assign(room, place, { gone: false });
    for (const room of rooms) if ((found.removed || []).includes(room.label)) room.gone = true;
  }

  function drawnBefore() {
    try {
      return JSON.parse(kept);
    } catch {
      return null;
    }
  }

  svg.classList.add("drawing");
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-describedby", "plan-help");
  part("tools").hidden = false;
  part("help").hidden = false;
  for (const thing of things()) prepare(thing);
  const before = drawnBefore();
  if (before) bring(before);
  if (show() && before) say(root.dataset.back);
})();
