import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { DomainError } from '../../common/domain-error.js';

/** An element of a document whose names are compared without prefix and case: authoring tools agree on neither. */
export interface XmlElement {
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  /** Its own text, entities resolved, without that of its children. */
  text: string;
}

const ATTRIBUTES = ':@';
const TEXT = '#text';
const CDATA = '#cdata';
const DEEPEST = 100;
const PREDEFINED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

type RawNode = Record<string, unknown>;

// Entities are left alone and resolved by `unescape`, so that a document cannot define any of its own.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  parseTagValue: false,
  trimValues: false,
  cdataPropName: CDATA,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: DEEPEST,
  jPath: false,
});

/**
 * Reads a document. One that declares entities is refused: no manifest needs them, and they are how XML reaches out (XXE) and
 * blows up ("billion laughs").
 * @throws DomainError `manifest_unreadable`
 */
export function readXml(text: string): XmlElement {
  if (/<!ENTITY/i.test(text)) throw unreadable();
  try {
    if (XMLValidator.validate(text) !== true) throw unreadable();
    const root = (parser.parse(text) as RawNode[]).find(isElement);
    if (root) return toElement(root);
  } catch {
    throw unreadable();
  }
  throw unreadable();
}

/** The text of a document, in the encoding that its byte order mark or its declaration names (XML 1.0, appendix F). */
export function decodeXml(bytes: Uint8Array): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw unreadable();
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0x3c && b === 0) return 'utf-16le';
  if (a === 0 && b === 0x3c) return 'utf-16be';
  const declaration = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/.exec(declaration)?.[1] ?? 'utf-8';
  // The declaration could be read byte by byte, so it cannot be UTF-16 whatever it says.
  return /^utf-?16/i.test(declared) ? 'utf-8' : declared;
}

function toElement(node: RawNode): XmlElement {
  const raw = Object.keys(node).find((key) => key !== ATTRIBUTES)!;
  const content = node[raw] as RawNode[];
  return {
    name: localName(raw),
    attributes: attributesOf((node[ATTRIBUTES] ?? {}) as Record<string, string>),
    children: content.filter(isElement).map(toElement),
    text: content.map(textOf).join(''),
  };
}

function isElement(node: RawNode): boolean {
  return !(TEXT in node) && !(CDATA in node);
}

function textOf(node: RawNode): string {
  if (TEXT in node) return unescape(String(node[TEXT]));
  if (!(CDATA in node)) return '';
  return (node[CDATA] as { [TEXT]?: string }[]).map((part) => part[TEXT] ?? '').join('');
}

/** By local name; one without a prefix wins over its namesake with one. */
function attributesOf(raw: Record<string, string>): Map<string, string> {
  const names = Object.keys(raw).sort((a, b) => Number(b.includes(':')) - Number(a.includes(':')));
  return new Map(names.map((name) => [localName(name), unescape(raw[name]!)]));
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

function unescape(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return PREDEFINED[name as string] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : '\ufffd';
  });
}

function unreadable(): DomainError {
  return new DomainError('manifest_unreadable', 'rule');
}
