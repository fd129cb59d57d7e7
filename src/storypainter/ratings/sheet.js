"use strict";
/* The rating page: who rates, then one item after another in the rater's own order, then a file.

   ratingSheet(part) sets the page going and returns its tools. The part is what one kind of sheet
   adds; it may use the tools in all that it is asked later:
     name, thing, things        "ratings", "Picture", "pictures"
     nameless, saved(file)      what is said when no name is written, and when the file is saved
     again(order, random)       the order with some items shown a second time (occasion 2)
     valid(mark)                what of a remembered mark counts, or undefined
     done(mark)                 whether an item with this mark, or undefined, is rated
     draw(item, mark)           show an item and its mark
     unfinished()               Next was asked for, and the item is not done
     resume()                   where in the order "Go on rating" leads
     ended(done, total)         what the last screen says
     csv(), plain(rater)        the file, and the rater's name as it stands in its name */
function ratingSheet(part) {
  const sheet = JSON.parse(document.getElementById("data").textContent);
  const get = (id) => document.getElementById(id);
  const points = [];
  for (let at = 0; sheet.low + at * sheet.step <= sheet.high + 1e-9; at += 1) {
    points.push(sheet.low + at * sheet.step);
  }
  let state = null; // {rater, order: [{id, occasion}], marks: {"id/occasion": mark}, at}
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
  function orderFor(rater) { // every item once, then as the part wants it
    const random = chance(hash(`${sheet.sheet}/${rater}`));
    const once = shuffled(sheet.items.map((item) => item.id), random);
    return part.again(once.map((id) => ({ id, occasion: 1 })), random);
  }

  // ------------------------------------------------------------------------------- remembering

  const slot = (rater) => `storypainter ${part.name} ${sheet.sheet} ${rater}`;
  function keep() {
    try {
      const { rater, marks, at } = state;
      localStorage.setItem(slot(rater), JSON.stringify({ marks, at }));
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
        const mark = part.valid(value);
        if (mark !== undefined) valid[key] = mark;
      }
      return { marks: valid, at: before && Number.isInteger(before.at) ? before.at : 0 };
    } catch {
      return { marks: {}, at: 0 };
    }
  }

  // -------------------------------------------------------------------------------------- marks

  const key = ({ id, occasion }) => `${id}/${occasion}`;
  const markOf = (each) => state.marks[key(each)];
  const mark = () => markOf(state.order[state.at]);
  const isDone = (each) => part.done(markOf(each));
  const rated = () => state.order.filter(isDone).length;
  function setMark(value) {
    state.marks[key(state.order[state.at])] = value;
    keep();
  }

  // ------------------------------------------------------------------------------------ screens

  function make(tag, text, className) {
    const found = document.createElement(tag);
    if (text !== undefined) found.textContent = text;
    if (className) found.className = className;
    return found;
  }
  function list(target, pairs) {
    for (const [term, text] of pairs) {
      const row = make("div");
      row.append(make("dt", term), make("dd", text));
      target.append(row);
    }
  }
  function show(screen, heading) {
    for (const name of ["start", "rate", "end"]) get(name).hidden = name !== screen;
    window.scrollTo(0, 0);
    get(heading).focus({ preventScroll: true });
  }
  function draw() {
    const each = state.order[state.at];
    get("where").textContent = `${part.thing} ${state.at + 1} of ${state.order.length}`;
    get("progress").max = state.order.length;
    get("progress").value = rated();
    get("back").disabled = state.at === 0;
    part.draw(sheet.items.find((item) => item.id === each.id), mark());
    show("rate", "where");
  }
  function go(by) {
    const to = state.at + by;
    if (to < 0) return;
    state.at = Math.min(to, state.order.length - 1);
    keep();
    if (to < state.order.length) draw();
    else end();
  }
  function next() {
    if (part.done(mark())) go(1);
    else part.unfinished();
  }
  function end() {
    part.ended(rated(), state.order.length);
    get("saved").textContent = "";
    show("end", "end-title");
  }

  // --------------------------------------------------------------------------------------- file

  // A cell as no spreadsheet runs it.
  const tame = (value) => String(value).replace(/^([=+\-@\t\r])/, "'$1");
  function save() {
    if (!rated()) {
      get("saved").textContent = "There is no mark to save yet.";
      return;
    }
    const name = `${part.name}-${sheet.sheet}-${part.plain(state.rater) || "rater"}.csv`;
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([part.csv()], { type: "text/csv;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    get("saved").textContent = part.saved(name);
  }

  // ------------------------------------------------------------------------------------- events

  get("who").addEventListener("submit", (event) => {
    event.preventDefault();
    const rater = get("name").value.normalize("NFC").replace(/[\u0000-\u001f\u007f-\u009f]/g, "")
      .replace(/\s+/g, " ").trim();
    if (!rater) {
      get("name-problem").textContent = part.nameless;
      get("name").setAttribute("aria-invalid", "true");
      get("name").focus();
      return;
    }
    get("name-problem").textContent = "";
    get("name").removeAttribute("aria-invalid");
    const before = recall(rater);
    state = { rater, order: orderFor(rater), marks: before.marks, at: 0 };
    state.at = Math.min(Math.max(before.at, 0), state.order.length - 1);
    draw();
  });
  get("marks").addEventListener("submit", (event) => {
    event.preventDefault();
    next();
  });
  get("back").addEventListener("click", () => go(-1));
  get("skip").addEventListener("click", () => {
    delete state.marks[key(state.order[state.at])];
    go(1);
  });
  get("leave").addEventListener("click", end);
  get("resume").addEventListener("click", () => {
    state.at = part.resume();
    keep();
    draw();
  });
  get("save").addEventListener("click", save);

  get("how-many").textContent = `${sheet.items.length + sheet.repeats} ${part.things}`;
  list(get("anchors"), sheet.anchors);
  return {
    sheet, points, get, make, list, shuffled, keep, mark, setMark, rated, next, tame,
    // All that is rated, as {id, occasion, position, mark}.
    marked: () => state.order.map((each, at) => ({ ...each, position: at + 1, mark: markOf(each) }))
      .filter((each) => part.done(each.mark)),
    open: () => state.order.findIndex((each) => !isDone(each)),
    at: () => state.at,
    total: () => state.order.length,
    rater: () => state && state.rater,
  };
}
