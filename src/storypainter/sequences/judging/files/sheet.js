/* One story at a time over its pictures, a mark for each criterion. */
(() => {
  const page = ratingSheet({
    name: "stories",
    thing: "Story",
    things: "stories",
    nameless: "Write a name or initials first.",
    saved: (file) => `Saved as ${file}.`,
    again,
    valid,
    done: (row) => row !== undefined && names.every((name) => name in row),
    draw: showStory,
    unfinished() {
      get("missing").textContent = "Give all four marks, or leave this story out.";
    },
    resume: () => page.at(),
    ended: showEnd,
    csv,
    plain: (rater) => rater.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 40),
  });
  const { sheet, points, get, make } = page;
  const names = sheet.criteria.map(([key]) => key);

  // Some of the early ones again at the end.
  function again(order, random) {
    const early = order.slice(0, Math.max(0, order.length - 2));
    return order.concat(page.shuffled(early, random).slice(0, sheet.repeats)
      .map(({ id }) => ({ id, occasion: 2 })));
  }
  function valid(row) {
    const found = names.filter((name) => row && points.includes(row[name]));
    return found.length ? Object.fromEntries(found.map((name) => [name, row[name]])) : undefined;
  }

  // ------------------------------------------------------------------------------------ screens

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
          page.setMark({ ...page.mark(), [name]: value });
          get("missing").textContent = "";
        });
        one.append(input);
        row.append(one);
      }
      field.append(row);
      get("scales").append(field);
    }
  }
  function showStory(item, marks = {}) {
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
    for (const input of get("scales").querySelectorAll("input")) {
      input.checked = marks[input.name] === Number(input.value);
    }
    get("missing").textContent = "";
  }
  function showEnd(done, all) {
    get("end-title").textContent = done === all ? "Thank you: that was all." :
      `You have rated ${done} of ${all}.`;
    get("end-text").textContent = done ? "Save your marks and hand the file over." :
      "There is nothing to save yet.";
    get("save").disabled = !done;
  }

  // ---------------------------------------------------------------------------------------- CSV

  const cell = (text) => `"${page.tame(text).replace(/"/g, '""')}"`;
  function csv() {
    const lines = ["item,rater,name,value,scale_min,scale_max,scale_step,occasion"];
    for (const each of page.marked()) {
      for (const name of names) {
        lines.push([each.id, cell(page.rater()), name, each.mark[name], sheet.low, sheet.high,
          sheet.step, each.occasion].join(","));
      }
    }
    return lines.join("\n") + "\n";
  }

  page.list(get("criteria"), sheet.criteria.map(([, label, question]) => [label, question]));
  buildScales();
})();
