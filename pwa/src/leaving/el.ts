import { type ComponentChildren, h, type VNode } from "preact";

/** An element for a page that is written once: `h` with the attributes that HTML and SVG have. */
export function el(tag: string, attributes: Record<string, unknown> | null, ...children: ComponentChildren[]): VNode {
  return h(tag, attributes, ...children);
}
