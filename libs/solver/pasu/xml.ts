import { malformed } from '../failure';

/** An element of an XML file: its attributes, the elements in it, and the text in it without blanks around. */
export interface XmlElement {
  readonly name: string;
  readonly line: number;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

const token =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<|[^<]+/g;

/** The root of an XML file without document type and CDATA, of which the benchmark has none. */
export const xmlRoot = (text: string): XmlElement => {
  const top: OpenElement = { name: '', line: 1, attributes: new Map(), children: [], text: '' };
  const open = [top];
  let line = 1;
  for (const match of text.replace(/^\uFEFF/, '').matchAll(token)) {
    take(open, match, line);
    line += match[0].split('\n').length - 1;
  }
  const [root, second] = top.children;
  const left = open.at(-1);
  if (left !== undefined && left !== top) malformed(`line ${left.line}`, `<${left.name}> is never closed`);
  if (second !== undefined) malformed(`line ${second.line}`, 'a second root');
  return root ?? malformed('file', 'no XML element');
};

const take = (open: OpenElement[], match: RegExpExecArray, line: number): void => {
  const [whole, closing, name, attributes = '', empty] = match;
  const inner = open.at(-1);
  if (inner === undefined) return;
  if (whole === '<') malformed(`line ${line}`, 'a tag that is not well formed');
  if (!whole.startsWith('<')) inner.text += unescaped(whole, line).trim();
  if (name === undefined) return;
  if (closing === '/') {
    if (inner.name !== name) malformed(`line ${line}`, `</${name}> where </${inner.name}> belongs`);
    open.pop();
    return;
  }
  const element: OpenElement = { name, line, attributes: attributesOf(attributes, line), children: [], text: '' };
  inner.children.push(element);
  if (empty !== '/') open.push(element);
};

const attributesOf = (text: string, line: number): Map<string, string> =>
  new Map(
    [...text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = '', double, single]) => [
      name,
      unescaped(double ?? single ?? '', line),
    ]),
  );

const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

const unescaped = (text: string, line: number): string =>
  text.replace(/&([^;]*);?/g, (_, entity: string) => {
    const [, code] = /^#(\d{1,6})$/.exec(entity) ?? [];
    if (code !== undefined) return String.fromCodePoint(Number(code));
    return entities.get(entity) ?? malformed(`line ${line}`, `the entity &${entity};`);
  });

/** A text for an attribute. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The one element of this name in another. */
export const childOf = (parent: XmlElement, name: string): XmlElement =>
  parent.children.find((child) => child.name === name) ??
  malformed(`line ${parent.line}`, `<${parent.name}> without <${name}>`);

/** All elements of this name in another. */
export const childrenOf = (parent: XmlElement, name: string): readonly XmlElement[] =>
  parent.children.filter((child) => child.name === name);

/** An attribute that must be there. */
export const attributeOf = ({ name, line, attributes }: XmlElement, attribute: string): string =>
  attributes.get(attribute) ?? malformed(`line ${line}`, `<${name}> without ${attribute}`);

/** An attribute as a whole number from 0; without it the given one, if one is given. */
export const numberOf = (element: XmlElement, attribute: string, otherwise?: number): number => {
  if (otherwise !== undefined && !element.attributes.has(attribute)) return otherwise;
  const value = attributeOf(element, attribute);
  return /^\d{1,9}$/.test(value)
    ? Number(value)
    : malformed(`line ${element.line}`, `${attribute} is "${value}" where a whole number belongs`);
};
