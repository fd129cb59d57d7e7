"use strict";
(() => {
  const sheet = JSON.parse(document.getElementById("data").textContent);
  const get = (id) => document.getElementById(id);
  const points = [];
  for (let at = 0; sheet.low + at * sheet.step <= sheet.high + 1e-9; at += 1) {
    points.push(sheet.low + at * sheet.step);
  }
  let state = null; // {rater, order: [{id, occasion}], marks: {"id/occasion": number}, at}
  let kept = true; // whether this browser remembers

  // ------------------------------------------------------------ chance, seeded by sheet and name

  function hash(text) { // FNV-1a over UTF-8
    let value = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(text)) {
      value = Math.imul(value ^ byte, 0x01000193) >>> 0;
    }
    return value;
  }
  function chance(seed) { // mulberry32
    return () => {
      seed = (seed + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }
  function shuffled(list, random) {
    const copy = list.slice();
    for (let at = copy.length - 1; at > 0; at -= 1) {
      const other = Math.floor(random() * (at + 1));
      [copy[at], copy[other]] = [copy[other], copy[at]];
    }
    return copy;
  }

  // Every picture once, then some of the earlier ones again among the last, never side by side.
  function orderFor(rater) {
    const random = chance(hash(`${sheet.sheet}/${rater}`));
    const order = shuffled(sheet.items.map((item) => item.id), random)
      .map((id) => ({ id, occasion: 1 }));
    const early = order.slice(0, Math.max(sheet.repeats, Math.floor(order.length / 2)));
    const again = shuffled(early, random).slice(0, sheet.repeats);
    const from = Math.ceil(order.length * 2 / 3);
    for (const { id } of again) {
      const places = [];
      for (let at = from; at <= order.length; at += 1) {
        const near = [order[at - 1], order[at]].some((each) => each && each.id === id);
        if (!near) places.push(at);
      }
      const at = places.length ? places[Math.floor(random() * places.length)] : order.length;
      order.splice(at, 0, { id, occasion: 2 });
    }
    // The first showing is occasion 1 wherever chance put it.
    const seen = new Set();
    for (const each of order) {
      each.occasion = seen.has(each.id) ? 2 : 1;
      seen.add(each.id);
    }
    return order;
  }

  // ------------------------------------------------------------------------------- remembering

  const slot = (rater) => `storypainter ratings ${sheet.sheet} ${rater}`;
  const last = `storypainter ratings ${sheet.sheet}`;
  function keep() {
    try {
      const { rater, marks, at } = state;
      localStorage.setItem(slot(rater), JSON.stringify({ marks, at }));
      localStorage.setItem(last, rater);
    } catch {
      kept = false;
    }
    get("notice").hidden = kept;
    get("notice").textContent = kept ? "" :
      "This browser keeps nothing: save your marks before you close the page.";
  }
  function recall(rater) {
    try {
      const before = JSON.parse(localStorage.getItem(slot(rater)) || "null");
      const valid = {};
      for (const [key, value] of Object.entries(before && before.marks || {})) {
        if (points.includes(value)) valid[key] = value;
      }
      return { marks: valid, at: before && Number.isInteger(before.at) ? before.at : 0 };
    } catch {
      return { marks: {}, at: 0 };
    }
  }

  // ------------------------------------------------------------------------------------ screens

  function show(screen) {
    for (const name of ["start", "rate", "end"]) get(name).hidden = name !== screen;
    window.scrollTo(0, 0);
  }
  function list(target, pairs) {
    for (const [term, text] of pairs) {
      const row = document.createElement("div");
      const dt = document.createElement("dt");
      const dd = document.createElement("dd");
      dt.textContent = term;
      dd.textContent = text;
      row.append(dt, dd);
      target.append(row);
    }
  }
  const key = ({ id, occasion }) => `${id}/${occasion}`;
  const current = () => state.order[state.at];
  const rated = () => state.order.filter((each) => key(each) in state.marks).length;

  function buildScale() {
    for (const value of points) {
      const label = document.createElement("label");
      const input = document.createElement("input");
      const dot = document.createElement("span");
      const point = document.createElement("span");
      input.type = "radio";
      input.name = "mark";
      input.value = String(value);
      dot.className = "dot";
      point.className = "point";
      point.textContent = String(value);
      if (!Number.isInteger(value)) label.className = "half";
      label.append(input, dot, point);
      get("scale").append(label);
    }
    get("scale").style.setProperty("grid-template-columns", `repeat(${points.length}, 1fr)`);
  }

  function meaning(value) {
    const target = get("meaning");
    target.textContent = "";
    if (value === undefined) {
      target.textContent = "Choose a mark, or leave this picture out.";
      return;
    }
    const strong = document.createElement("strong");
    strong.textContent = `${value}: `;
    const below = sheet.anchors.find(([at]) => Number(at) === Math.floor(value));
    const above = sheet.anchors.find(([at]) => Number(at) === Math.ceil(value));
    const text = below === above ? below[1]
      : `between ${below[0]} (${below[1].slice(0, -1)}) and ${above[0]} (${above[1].slice(0, -1)}).`;
    target.append(strong, text);
  }

  function showPicture() {
    const each = current();
    const item = sheet.items.find((other) => other.id === each.id);
    get("picture").src = item.picture;
    get("picture").alt = `Picture ${state.at + 1}`;
    get("where").textContent = `Picture ${state.at + 1} of ${state.order.length}`;
    get("progress").max = state.order.length;
    get("progress").value = rated();
    const value = state.marks[key(each)];
    for (const input of get("scale").querySelectorAll("input")) {
      input.checked = Number(input.value) === value;
    }
    meaning(value);
    get("back").disabled = state.at === 0;
    get("next").disabled = value === undefined;
    get("next").textContent = state.at + 1 === state.order.length ? "Finish" : "Next";
    show("rate");
    get("where").focus({ preventScroll: true });
    keep();
  }

  function mark(value) {
    state.marks[key(current())] = value;
    for (const input of get("scale").querySelectorAll("input")) {
      input.checked = Number(input.value) === value;
    }
    meaning(value);
    get("next").disabled = false;
    get("progress").value = rated();
    keep();
  }

  function move(by) {
    if (state.at + by < 0) return;
    if (state.at + by >= state.order.length) {
      showEnd();
      return;
    }
    state.at += by;
    showPicture();
  }

  function showEnd() {
    const open = state.order.length - rated();
    get("end-title").textContent = open ? "Not quite done" : "Thank you";
    get("end-text").textContent = open
      ? `${rated()} of ${state.order.length} pictures have a mark. You can save these now, and go ` +
        "on today or another day."
      : "Every picture has a mark. Save the file and send it to whoever gave you this page.";
    get("resume").textContent = open ? "Go on rating" : "Look again";
    get("saved").textContent = "";
    show("end");
    get("end-title").focus({ preventScroll: true });
    keep();
  }

  // ---------------------------------------------------------------------------------------- CSV

  function cell(value) {
    let text = String(value);
    if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`; // no spreadsheet runs it
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }
  function csv() {
    const rows = [["item", "rater", "name", "value", "scale_min", "scale_max", "scale_step",
      "occasion", "position", "sheet"]];
    state.order.forEach((each, at) => {
      const value = state.marks[key(each)];
      if (value !== undefined) {
        rows.push([each.id, state.rater, sheet.name, value, sheet.low, sheet.high, sheet.step,
          each.occasion, at + 1, sheet.sheet]);
      }
    });
    return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  }
  function save() {
    if (!rated()) {
      get("saved").textContent = "There is no mark to save yet.";
      return;
    }
    const plain = state.rater.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
    const name = `ratings-${sheet.sheet}-${plain || "rater"}.csv`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    get("saved").textContent = `Saved as ${name} in your downloads.`;
  }

  // ------------------------------------------------------------------------------------- events

  get("who").addEventListener("submit", (event) => {
    event.preventDefault();
    const rater = get("name").value.normalize("NFC").replace(/[\u0000-\u001f\u007f-\u009f]/g, "")
      .replace(/\s+/g, " ").trim();
    if (!rater) {
      get("name-problem").textContent = "Please write your name or initials.";
      get("name").setAttribute("aria-invalid", "true");
      get("name").focus();
      return;
    }
    get("name-problem").textContent = "";
    get("name").removeAttribute("aria-invalid");
    const before = recall(rater);
    state = { rater, order: orderFor(rater), marks: before.marks, at: 0 };
    state.at = Math.min(Math.max(before.at, 0), state.order.length - 1);
    showPicture();
  });
  get("scale").addEventListener("change", (event) => mark(Number(event.target.value)));
  get("marks").addEventListener("submit", (event) => {
    event.preventDefault();
    if (key(current()) in state.marks) move(1);
  });
  get("back").addEventListener("click", () => move(-1));
  get("skip").addEventListener("click", () => {
    delete state.marks[key(current())];
    move(1);
  });
  get("leave").addEventListener("click", showEnd);
  get("resume").addEventListener("click", () => {
    const open = state.order.findIndex((each) => !(key(each) in state.marks));
    state.at = open < 0 ? 0 : open;
    showPicture();
  });
  get("save").addEventListener("click", save);
  document.addEventListener("keydown", (event) => {
    if (get("rate").hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    const value = state.marks[key(current())];
    const digit = Number(event.key);
    if (event.key.length === 1 && points.includes(digit)) {
      mark(digit);
    } else if ((event.key === "." || event.key === ",") && value !== undefined) {
      const other = Number.isInteger(value) ? value + sheet.step : Math.floor(value);
      if (points.includes(other)) mark(other);
    } else if (event.key === "Enter" && !/^(BUTTON|SUMMARY)$/.test(event.target.tagName)) {
      if (value !== undefined) move(1);
    } else {
      return;
    }
    event.preventDefault();
  });

  const counted = sheet.items.length + sheet.repeats;
  get("how-many").textContent = counted === 1 ? "one picture" : `${counted} pictures`;
  list(get("anchors"), sheet.anchors);
  list(get("criteria"), sheet.criteria);
  list(get("criteria-again"), sheet.criteria);
  buildScale();
  try {
    get("name").value = localStorage.getItem(last) || "";
  } catch {
    kept = false;
  }
})();
