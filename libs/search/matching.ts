/** A Chinese character, a word of letters or a number of a text, with the ways in which letters can stand for it, likeliest first. */
interface Sign {
  readonly sign: string;
  readonly readings: readonly string[];
}

/** A text prepared for searching. */
export interface Spelling {
  readonly text: string;
  readonly signs: readonly Sign[];
}

/** What about a text a query fits, and from which of its characters on. */
export interface Match {
  readonly by: 'text' | 'initials' | 'pinyin';
  readonly at: number;
}

const invisible = /\p{Default_Ignorable_Code_Point}/gu;
const unspoken = /[^\p{L}\p{N}]+/gu;

/** Half width, no case, no tones. */
export const plain = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').replace(invisible, '').toLowerCase().normalize('NFC');

/** What is typed, in the form in which it is compared: half width, no case, tones, spaces or punctuation. */
export const normaliseTerm = (text: string): string => plain(text).replace(unspoken, '');

const initials = (reading: string): readonly string[] =>
  /^[zcs]h/.test(reading) ? [reading.slice(0, 1), reading.slice(0, 2)] : [reading.slice(0, 1)];

type Pieces = (sign: Sign) => readonly string[];

const byInitials: Pieces = ({ sign, readings }) => [sign, ...readings.flatMap(initials)];
const byPinyin: Pieces = (sign) => [...byInitials(sign), ...sign.readings];

/** Where in the term one may stand after a sign; its end also where the term breaks off inside the sign. */
const endsAfter = (term: string, from: number, pieces: readonly string[]): readonly number[] =>
  pieces.flatMap((piece) => {
    if (term.startsWith(piece, from)) return [from + piece.length];
    return piece.length > 1 && piece.startsWith(term.slice(from)) ? [term.length] : [];
  });

/* Goes on with every place that can be reached at once, so that no text takes longer than its length times the term's. */
const runsFrom = (term: string, signs: readonly string[][], start: number): boolean => {
  let reached = [0];
  for (let at = start; at < signs.length && reached.length > 0; at += 1) {
    const ends = new Set(reached.flatMap((from) => endsAfter(term, from, signs[at] ?? [])));
    if (ends.has(term.length)) return true;
    reached = [...ends];
  }
  return false;
};

const placeIn = (term: string, { signs }: Spelling, pieces: Pieces): number => {
  const each = signs.map((sign) => [...new Set(pieces(sign))]);
  return each.findIndex((_, start) => runsFrom(term, each, start));
};

/** How a query fits a text: as it is written, by initials (zs, zhs), or by pinyin, also mixed with characters; null: it does not. */
export const matchSpelling = (query: string, spelling: Spelling): Match | null => {
  const term = normaliseTerm(query);
  if (term === '') return null;
  const written = spelling.text.indexOf(term);
  if (written >= 0) return { by: 'text', at: written };
  if (!/[a-z]/.test(term)) return null;
  for (const [by, pieces] of [['initials', byInitials] as const, ['pinyin', byPinyin] as const]) {
    const at = placeIn(term, spelling, pieces);
    if (at >= 0) return { by, at };
  }
  return null;
};

const order: Readonly<Record<Match['by'], number>> = { text: 0, initials: 2, pinyin: 4 };

/** Less is a better match: as written before letters, from the beginning before from the middle. */
export const rankOf = ({ by, at }: Match): number => order[by] + (at === 0 ? 0 : 1);
