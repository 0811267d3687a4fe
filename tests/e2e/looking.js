// What a person sees on the screen: its words, its questions with their answers, its buttons, and Stop.
// `window.seen` keeps what was numbered, for the finger that comes next.
() => {
  const main = document.querySelector("main");
  const seen = [];
  const number = (element) => seen.push(element) - 1;
  const words = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
  const name = (element) => element.getAttribute("aria-label") ?? words(element.labels?.[0] ?? element);
  const kinds = { radio: "one", checkbox: "some", range: "square", option: "places" };
  const kindOf = (element) => kinds[element.getAttribute("role") ?? element.type] ?? "words";
  const isChosen = (element) => (kindOf(element) === "words" ? element.value !== "" : element.checked === true || element.ariaSelected === "true");
  const opened = [...(main?.querySelectorAll("[aria-expanded=true]") ?? [])].map((one) => document.getElementById(one.getAttribute("aria-controls")));

  const questions = new Map();
  for (const element of main?.querySelectorAll("input:not([type=search], [role=switch]), textarea, [role=option]") ?? []) {
    if (!element.checkVisibility()) continue;
    const group = element.closest("fieldset") ?? element.closest(".field") ?? element;
    const own = group.tagName === "FIELDSET" && kindOf(element) === "words"; // a word of one's own beside a list
    if (own) continue;
    if (!questions.has(group)) questions.set(group, { words: words(group.querySelector("legend")), options: [], closed: [] });
    const inner = opened.some((one) => one?.contains(element));
    questions.get(group).options.push({ at: number(element), kind: kindOf(element), name: name(element), chosen: isChosen(element), inner });
  }
  const buttons = [];
  for (const element of document.querySelectorAll("button")) {
    if (!element.checkVisibility()) continue;
    const one = { at: number(element), name: name(element), off: element.disabled, inside: main?.contains(element) === true };
    const group = element.closest("fieldset");
    if (group === null && element.closest(".field") === null) buttons.push(one);
    else if (element.ariaExpanded === "false") questions.get(group)?.closed.push(one.at);
  }
  const stop = [...document.querySelectorAll("button")].find((one) => words(one) === "Stop");
  const heading = document.querySelector("h1");
  const fresh = heading !== window.heading;
  window.seen = seen;
  window.heading = heading;
  return {
    title: words(heading), text: words(main), fresh, questions: [...questions.values()], buttons, stop: stop === undefined ? null : place(stop),
    wide: document.documentElement.scrollWidth - innerWidth,
  };

  /** Where a thing is, and whether a finger put on its middle reaches it. */
  function place(element) {
    const { x, y, width, height } = element.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    return { x, y, width, height, reached: element === top || element.contains(top) };
  }
}
