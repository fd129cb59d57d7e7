"use strict";
(() => {
  const sheet = JSON.parse(document.getElementById("data").textContent);
  const get = (id) => document.getElementById(id);
  const points = [];
  for (let at = sheet.low; at <= sheet.high; at += sheet.step) points.push(at);
  const names = sheet.criteria.map(([key]) => key);
  const byId = new Map(sheet.items.map((item) => [item.id, item]));
  let state = null; // {rater, order: [{id, occasion}], marks: {"id/occasion": {name: number}}, at}
  let kept = true;

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
  // Every story once, then some of the early ones again at the end.
  function orderFor(rater) {
    const random = chance(hash(`${sheet.sheet}/${rater}`));
    const order = shuffled(sheet.items.map((item) => item.id), random)
      .map((id) => ({ id, occasion: 1 }));
    const early = order.slice(0, Math.max(0, order.length - 2));
    return order.concat(shuffled(early, random).slice(0, sheet.repeats)
      .map(({ id }) => ({ id, occasion: 2 })));
  }

  // ------------------------------------------------------------------------------- remembering

  const slot = (rater) => `storypainter stories ${sheet.sheet} ${rater}`;
  function keep() {
    try {
      localStorage.setItem(slot(state.rater), JSON.stringify({ marks: state.marks, at: state.at }));
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
      for (const [key, row] of Object.entries(before && before.marks || {})) {
        for (const name of names) {
          if (row && points.includes(row[name])) (valid[key] ||= {})[name] = row[name];
        }
      }
      return { marks: valid, at: before && Number.isInteger(before.at) ? before.at : 0 };
    } catch {
      return { marks: {}, at: 0 };
    }
  }

  // ------------------------------------------------------------------------------------ screens

  const make = (tag, text, cls) => {
    const found = document.createElement(tag);
    if (text !== undefined) found.textContent = text;
    if (cls) found.className = cls;
    return found;
  };
  function show(screen) {
    for (const name of ["start", "rate", "end"]) get(name).hidden = name !== screen;
    window.scrollTo(0, 0);
  }
  function list(target, pairs) {
    for (const [term, text] of pairs) {
      const row = make("div");
      row.append(make("dt", term), make("dd", text));
      target.append(row);
    }
  }
  const key = ({ id, occasion }) => `${id}/${occasion}`;
  const whole = (row) => row && names.every((name) => name in row);
  const rated = () => state.order.filter((each) => whole(state.marks[key(each)])).length;

  function buildScales() {
    for (const [name, label, question] of sheet.criteria) {
      const field = make("fieldset");
      field.append(make("legend", label), make("p", question, "asked"));
      const row = make("div", undefined, "ten");
      for (const value of points) {
        const one = make("label", String(value));
        const input = make("input");
        input.type = "radio";
        input.name = name;
        input.value = value;
        input.setAttribute("aria-label", `${label}: ${value}`);
        input.addEventListener("change", () => {
          (state.marks[key(state.order[state.at])] ||= {})[name] = value;
          get("missing").textContent = "";
          keep();
        });
        one.append(input);
        row.append(one);
      }
      field.append(row);
      get("scales").append(field);
    }
  }
  function paint() {
    const each = state.order[state.at];
    const item = byId.get(each.id);
    get("where").textContent = `Story ${state.at + 1} of ${state.order.length}`;
    get("progress").max = state.order.length;
    get("progress").value = rated();
    get("story").replaceChildren(...item.frames.map((frame, at) => {
      const section = make("section");
      const img = make("img");
      img.src = sheet.pictures[frame.picture];
      img.alt = `Picture ${at + 1}`;
      const none = item.story ? "" : "(nothing was told here)";
      section.append(img, make("p", frame.part || none, frame.part ? "" : "none"));
      return section;
    }));
    if (item.story) get("story").append(make("p", item.story));
    const marks = state.marks[key(each)] || {};
    for (const input of get("scales").querySelectorAll("input")) {
      input.checked = marks[input.name] === Number(input.value);
    }
    get("missing").textContent = "";
    get("back").disabled = state.at === 0;
    show("rate");
    get("where").focus({ preventScroll: true });
  }
  function go(step) {
    state.at += step;
    keep();
    if (state.at >= state.order.length) {
      state.at = state.order.length - 1;
      finish();
    } else {
      paint();
    }
  }
  function finish() {
    const done = rated();
    get("end-title").textContent = done === state.order.length ? "Thank you: that was all." :
      `You have rated ${done} of ${state.order.length}.`;
    get("end-text").textContent = done ? "Save your marks and hand the file over." :
      "There is nothing to save yet.";
    get("save").disabled = !done;
    get("saved").textContent = "";
    show("end");
    get("end-title").focus({ preventScroll: true });
  }
  const cell = (text) => `"${String(text).replace(/^([=+\-@\t\r])/, "'$1").replace(/"/g, '""')}"`;
  function save() {
    const lines = ["item,rater,name,value,scale_min,scale_max,scale_step,occasion"];
    for (const each of state.order) {
      const row = state.marks[key(each)];
      if (!whole(row)) continue;
      for (const name of names) {
        lines.push([each.id, cell(state.rater), name, row[name], sheet.low, sheet.high, sheet.step,
          each.occasion].join(","));
      }
    }
    const url = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "text/csv" }));
    const link = make("a");
    link.href = url;
    const safe = state.rater.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 40) || "rater";
    link.download = `stories-${sheet.sheet}-${safe}.csv`;
    link.click();
    URL.revokeObjectURL(url);
    get("saved").textContent = `Saved as ${link.download}.`;
  }

  list(get("criteria"), sheet.criteria.map(([, label, question]) => [label, question]));
  list(get("anchors"), sheet.anchors);
  get("how-many").textContent = `${sheet.items.length + sheet.repeats} stories`;
  buildScales();
  get("who").addEventListener("submit", (event) => {
    event.preventDefault();
    const rater = get("name").value.trim().replace(/\s+/g, " ");
    if (!rater) {
      get("name-problem").textContent = "Write a name or initials first.";
      get("name").focus();
      return;
    }
    const before = recall(rater);
    state = { rater, order: orderFor(rater), marks: before.marks, at: 0 };
    state.at = Math.min(Math.max(0, before.at), state.order.length - 1);
    paint();
  });
  get("marks").addEventListener("submit", (event) => {
    event.preventDefault();
    const row = state.marks[key(state.order[state.at])];
    if (!whole(row)) {
      get("missing").textContent = "Give all four marks, or leave this story out.";
      return;
    }
    go(1);
  });
  get("back").addEventListener("click", () => go(-1));
  get("skip").addEventListener("click", () => {
    delete state.marks[key(state.order[state.at])];
    go(1);
  });
  get("leave").addEventListener("click", finish);
  get("resume").addEventListener("click", paint);
  get("save").addEventListener("click", save);
})();
