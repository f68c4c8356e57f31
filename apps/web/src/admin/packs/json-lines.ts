/** Where in a JSON text what stands: the line (from 1) of every value, by its path joined with dots ('' is the whole). */
export interface ReadJson {
  readonly value: unknown;
  readonly lines: ReadonlyMap<string, number>;
  /** The line where the text stops being JSON; null when it is JSON. */
  readonly brokenAt: number | null;
}

interface Scan {
  readonly text: string;
  at: number;
  line: number;
  readonly lines: Map<string, number>;
}

class Broken extends Error {}

const skipBlank = (scan: Scan): void => {
  for (; /\s/.test(scan.text.charAt(scan.at)); scan.at += 1) if (scan.text[scan.at] === '\n') scan.line += 1;
};

const take = (scan: Scan, pattern: RegExp): string => {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text)?.[0];
  if (found === undefined) throw new Broken();
  scan.at += found.length;
  return found;
};

// Control characters as JSON.parse refuses them: what it lets through, it reads.
const stringForm = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const plainForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const below = (path: string, key: string | number): string => (path === '' ? String(key) : `${path}.${key}`);

/* Members of a list or an object, up to its closing sign. */
const members = (scan: Scan, close: string, member: (index: number) => void): void => {
  scan.at += 1;
  skipBlank(scan);
  for (let index = 0; scan.text[scan.at] !== close; index += 1) {
    if (index > 0) take(scan, /,/y);
    skipBlank(scan);
    member(index);
    skipBlank(scan);
  }
  scan.at += 1;
};

const scanValue = (scan: Scan, path: string): void => {
  skipBlank(scan);
  scan.lines.set(path, scan.line);
  const first = scan.text[scan.at];
  if (first === '[') members(scan, ']', (index) => scanValue(scan, below(path, index)));
  else if (first === '{')
    members(scan, '}', () => {
      const { line } = scan;
      const key = JSON.parse(take(scan, stringForm)) as string;
      skipBlank(scan);
      take(scan, /:/y);
      scanValue(scan, below(path, key));
      scan.lines.set(below(path, key), line);
    });
  else take(scan, first === '"' ? stringForm : plainForm);
};

/** Reads a JSON text together with the line of every value in it. */
export const readJson = (text: string): ReadJson => {
  const scan: Scan = { text, at: 0, line: 1, lines: new Map() };
  try {
    scanValue(scan, '');
    skipBlank(scan);
    if (scan.at < text.length) throw new Broken();
    return { value: JSON.parse(text) as unknown, lines: scan.lines, brokenAt: null };
  } catch (thrown) {
    if (thrown instanceof Broken) return { value: undefined, lines: scan.lines, brokenAt: scan.line };
    throw thrown;
  }
};

/** The line of a path, or of the nearest thing around it that is there. */
export const lineOf = (lines: ReadonlyMap<string, number>, path: string): number => {
  for (let here = path; here !== ''; here = here.includes('.') ? here.slice(0, here.lastIndexOf('.')) : '') {
    const line = lines.get(here);
    if (line !== undefined) return line;
  }
  return 1;
};
