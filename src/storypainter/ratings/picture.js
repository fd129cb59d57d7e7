/* One picture at a time, one mark, half points. */
(() => {
  const page = ratingSheet({
    name: "ratings",
    thing: "Picture",
    things: "pictures",
    nameless: "Please write your name or initials.",
    saved: (file) => `Saved as ${file} in your downloads.`,
    again,
    valid: (mark) => (points.includes(mark) ? mark : undefined),
    done: (mark) => mark !== undefined,
    draw: showPicture,
    unfinished() {}, // Next is disabled until then
    resume: () => Math.max(page.open(), 0),
    ended: showEnd,
    csv,
    plain: (rater) => rater.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, ""),
  });
  const { sheet, points, get, make } = page;

  // Some of the earlier ones again among the last, never side by side.
  function again(order, random) {
    const early = order.slice(0, Math.max(sheet.repeats, Math.floor(order.length / 2)));
    const twice = page.shuffled(early, random).slice(0, sheet.repeats);
    const from = Math.ceil(order.length * 2 / 3);
    for (const { id } of twice) {
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

  // ------------------------------------------------------------------------------------ screens

  function buildScale() {
    for (const value of points) {
      const label = make("label", undefined, Number.isInteger(value) ? "" : "half");
      const input = make("input");
      input.type = "radio";
      input.name = "mark";
      input.value = String(value);
      label.append(input, make("span", undefined, "dot"), make("span", String(value), "point"));
      get("scale").append(label);
    }
    get("scale").style.setProperty("grid-template-columns", `repeat(${points.length}, 1fr)`);
  }

  function meaning(value) {
    const target = get("meaning");
    if (value === undefined) {
      target.textContent = "Choose a mark, or leave this picture out.";
      return;
    }
    const below = sheet.anchors.find(([at]) => Number(at) === Math.floor(value));
    const above = sheet.anchors.find(([at]) => Number(at) === Math.ceil(value));
    const text = below === above ? below[1]
      : `between ${below[0]} (${below[1].slice(0, -1)}) and ${above[0]} (${above[1].slice(0, -1)}).`;
    target.replaceChildren(make("strong", `${value}: `), text);
  }

  function showMark(value) {
    for (const input of get("scale").querySelectorAll("input")) {
      input.checked = Number(input.value) === value;
    }
    meaning(value);
    get("next").disabled = value === undefined;
  }

  function showPicture(item, value) {
    get("picture").src = item.picture;
    get("picture").alt = `Picture ${page.at() + 1}`;
    get("next").textContent = page.at() + 1 === page.total() ? "Finish" : "Next";
    showMark(value);
  }

  function mark(value) {
    page.setMark(value);
    showMark(value);
    get("progress").value = page.rated();
  }

  function showEnd(done, all) {
    const open = all - done;
    get("end-title").textContent = open ? "Not quite done" : "Thank you";
    get("end-text").textContent = open
      ? `${done} of ${all} pictures have a mark. You can save these now, and go ` +
        "on today or another day."
      : "Every picture has a mark. Save the file and send it to whoever gave you this page.";
    get("resume").textContent = open ? "Go on rating" : "Look again";
  }

  // ---------------------------------------------------------------------------------------- CSV

  function cell(value) {
    const text = page.tame(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }
  function csv() {
    const rows = [["item", "rater", "name", "value", "scale_min", "scale_max", "scale_step",
      "occasion", "position", "sheet"]];
    for (const each of page.marked()) {
      rows.push([each.id, page.rater(), sheet.name, each.mark, sheet.low, sheet.high, sheet.step,
        each.occasion, each.position, sheet.sheet]);
    }
    return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  }

  // ------------------------------------------------------------------------------------- events

  const last = `storypainter ratings ${sheet.sheet}`;
  get("who").addEventListener("submit", () => {
    if (!page.rater()) return;
    page.keep();
    try {
      localStorage.setItem(last, page.rater());
    } catch {
      // Nothing is kept here: the page has said so.
    }
  });
  get("scale").addEventListener("change", (event) => mark(Number(event.target.value)));
  document.addEventListener("keydown", (event) => {
    if (get("rate").hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    const value = page.mark();
    const digit = Number(event.key);
    if (event.key.length === 1 && points.includes(digit)) {
      mark(digit);
    } else if ((event.key === "." || event.key === ",") && value !== undefined) {
      const other = Number.isInteger(value) ? value + sheet.step : Math.floor(value);
      if (points.includes(other)) mark(other);
    } else if (event.key === "Enter" && !/^(BUTTON|SUMMARY)$/.test(event.target.tagName)) {
      page.next();
    } else {
      return;
    }
    event.preventDefault();
  });

  page.list(get("criteria"), sheet.criteria);
  page.list(get("criteria-again"), sheet.criteria);
  buildScale();
  try {
    get("name").value = localStorage.getItem(last) || "";
  } catch {
    // A browser that keeps nothing: the first picture says so.
  }
})();
