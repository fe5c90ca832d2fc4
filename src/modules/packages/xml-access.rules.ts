import type { XmlElement } from './xml.rules.js';

/** The first child of that local name, given in lower case. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((candidate) => candidate.name === name);
}

/** All children of that local name. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((candidate) => candidate.name === name);
}

/** One line of text without control characters, at most so many characters; never half of one. */
export function line(text: string | undefined, longest: number): string {
  const tidy = (text ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return tidy.length <= longest ? tidy : Array.from(tidy).slice(0, longest).join('');
}

/** A decimal number within the bounds, or null. */
export function numberIn(text: string | undefined, lowest: number, highest: number): number | null {
  const tidy = (text ?? '').trim();
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(tidy)) return null;
  const value = Number(tidy);
  return value >= lowest && value <= highest ? value : null;
}
