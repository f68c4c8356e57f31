import { malformed } from '../failure';

/** A row of a section: cells between `|`, tokens between blanks. */
export interface Row {
  readonly line: number;
  readonly cells: readonly (readonly string[])[];
}

/** What a benchmark file says: counts of its head (`Rooms: 98`) and rows by section (`ROOMS:`). */
export interface Sections {
  readonly counts: ReadonlyMap<string, number>;
  readonly rows: ReadonlyMap<string, readonly Row[]>;
}

const cellsOf = (line: string): string[][] =>
  line.split('|').map((cell) => cell.split(/\s+/).filter((token) => token !== ''));

/** Splits a file into its head and its sections; blank lines, the title and what follows `END.` mean nothing. */
export const sectionsOf = (text: string): Sections => {
  const counts = new Map<string, number>();
  const rows = new Map<string, Row[]>();
  let section: Row[] | undefined;
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === 'END.') break;
    const [, name, count] = /^\s*([A-Za-z ]+):\s*(\d*)\s*$/.exec(line) ?? [];
    if (name !== undefined && count !== '') counts.set(name.toLowerCase(), Number(count));
    else if (name !== undefined) {
      if (rows.has(name)) malformed(`line ${index + 1}`, `a second section ${name}`);
      section = [];
      rows.set(name, section);
    } else if (line.trim() !== '') section?.push({ line: index + 1, cells: cellsOf(line) });
  }
  return { counts, rows };
};

/** The number of the head by this name. */
export const countOf = ({ counts }: Sections, name: string): number =>
  counts.get(name.toLowerCase()) ?? malformed('head', `no line "${name}: <number>"`);

/** The rows of a section, as many as the head says. */
export const rowsOf = (sections: Sections, name: string, count: number): readonly Row[] => {
  const rows = sections.rows.get(name) ?? malformed('file', `no section ${name}`);
  if (rows.length !== count) malformed(`section ${name}`, `${rows.length} rows where the head says ${count}`);
  return rows;
};

/** One cell's tokens, as many as said. */
export const tokensOf = (row: Row, cell: number, count?: number): readonly string[] => {
  const tokens = row.cells[cell] ?? malformed(`line ${row.line}`, `no cell ${cell + 1}`);
  if (count !== undefined && tokens.length !== count)
    malformed(`line ${row.line}`, `cell ${cell + 1} has ${tokens.length} values, not ${count}`);
  return tokens;
};

/** A token as a whole number from 0. */
export const wholeNumber = (token: string | undefined, row: Row): number =>
  token !== undefined && /^\d{1,9}$/.test(token)
    ? Number(token)
    : malformed(`line ${row.line}`, `"${token ?? ''}" where a whole number belongs`);

/** One cell as whole numbers, as many as said. */
export const numbersOf = (row: Row, cell: number, count?: number): number[] =>
  tokensOf(row, cell, count).map((token) => wholeNumber(token, row));

/** One cell as pairs of whole numbers. */
export const pairsOf = (numbers: readonly number[], row: Row): [number, number][] => {
  if (numbers.length % 2 !== 0) malformed(`line ${row.line}`, 'a list of pairs with an odd number of values');
  return numbers.flatMap((first, index) => (index % 2 === 0 ? [[first, numbers[index + 1] ?? 0]] : [])) as [
    number,
    number,
  ][];
};
