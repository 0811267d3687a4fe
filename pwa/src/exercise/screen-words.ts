// What a screen says, for the voice: whatever stands there is read, in its order, so that who listens misses nothing.
import { pt } from "./words.ts";

/** From so many choices on they are counted, not read. */
const MANY = 13;
/** Small controls beside the words, and fields to type in. */
const NOT_READ = "svg, textarea, input, select, button.quiet, .visually-hidden, [data-unspoken]";
const CHOICES = "label.tile, button.family";

/** The words of this part of the page, piece by piece. */
export function wordsOn(root: Element): string[] {
  const pieces: string[] = [];
  let line = "";
  const flush = (): void => {
    const text = line.replaceAll(/\s+/g, " ").trim();
    if (text !== "") pieces.push(text);
    line = "";
  };
  const take = (element: Element): void => {
    const said = instead(element);
    const inline = getComputedStyle(element).display === "inline";
    if (!inline) flush();
    if (said !== undefined) line += said;
    else for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) line += child.textContent ?? "";
      else if (child instanceof Element) take(child);
    }
    if (!inline) flush();
  };
  take(root);
  flush();
  return pieces;
}

/** What is said of an element instead of its words; undefined where they are read as they stand. */
function instead(element: Element): string | undefined {
  if (element.matches(NOT_READ) || element.getAttribute("aria-hidden") === "true" || isHidden(element)) return "";
  if (!element.matches(CHOICES)) return undefined;
  const group = element.closest("fieldset");
  const choices = [...(group?.querySelectorAll(CHOICES) ?? [])].filter((one) => numberOf(one) === undefined);
  const number = numberOf(element);
  if (number !== undefined) return /^\d+$/.test(number) ? "" : number;
  if (choices.length < MANY) return undefined;
  return choices[0] === element ? pt("player.voice.many", { n: choices.length }) : "";
}

/** The spoken name of a number to pick: with its meaning, for the first and the last. */
function numberOf(choice: Element): string | undefined {
  if (!choice.matches(".tile-number")) return undefined;
  return choice.querySelector("input")?.getAttribute("aria-label") ?? choice.textContent ?? "";
}

function isHidden(element: Element): boolean {
  const { display, visibility } = getComputedStyle(element);
  return display === "none" || visibility === "hidden";
}
