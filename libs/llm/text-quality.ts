/** Language a draft is expected in; its long texts must be mostly of that script. */
export type DraftLanguage = 'zh' | 'en';

const MAX_REPEATS = 16;
const MIN_REPEATED_SPAN = 32;
const GRAM = 6;
const MIN_GRAMS = 400;
const MIN_DISTINCT = 0.2;
const MIN_LETTERS = 20;
const MIN_CJK_IN_CHINESE = 0.2;
const MAX_CJK_IN_ENGLISH = 0.5;
/** UTF-8 read as Latin-1 or Windows-1252, three characters in a row; GBK's well-known wreckage; lost characters; controls that no text has. */
const MOJIBAKE =
  /[\u0080-\u009F]|\uFFFD{2}|锟斤拷|烫烫烫|(?:[Â-ï][\u0080-\u00BF\u0152-\u0192\u02C6\u02DC\u2013-\u203A\u20AC\u2122]{1,2}){3}/;
const CJK = /\p{Script=Han}/gu;
const LETTER = /\p{L}/gu;

/** Every string inside a JSON value, in order. */
export const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
};

/** Whether the unit of `size` starting at `from` repeats often enough to be a stuck model rather than a sentence. */
const repeatsFrom = (chars: readonly string[], from: number, size: number): boolean => {
  let end = from + size;
  while (end < chars.length && chars[end] === chars[end - size]) end += 1;
  const span = end - from;
  return span >= MIN_REPEATED_SPAN && span / size >= MAX_REPEATS;
};

const loops = (chars: readonly string[]): boolean => {
  for (let size = 1; size <= 24; size += 1) {
    for (let from = 0; from + size * MAX_REPEATS <= chars.length; from += Math.max(1, size)) {
      if (repeatsFrom(chars, from, size)) return true;
    }
  }
  return false;
};

const repeatsItself = (chars: readonly string[]): boolean => {
  const total = chars.length - GRAM + 1;
  if (total < MIN_GRAMS) return false;
  const grams = new Set<string>();
  for (let at = 0; at < total; at += 1) grams.add(chars.slice(at, at + GRAM).join(''));
  return grams.size / total < MIN_DISTINCT;
};

/** Whether texts are a stuck model's: one unit over and over, hardly any new words in all, or broken encoding. */
export const isDegenerate = (texts: readonly string[]): boolean =>
  texts.some((text) => MOJIBAKE.test(text) || loops(Array.from(text))) || repeatsItself(Array.from(texts.join('\n')));

/** Whether the texts of a draft are in the language asked for; short drafts and codes are not judged. */
export const isInLanguage = (texts: readonly string[], language: DraftLanguage): boolean => {
  const text = texts.join(' ');
  const letters = text.match(LETTER)?.length ?? 0;
  if (letters < MIN_LETTERS) return true;
  const share = (text.match(CJK)?.length ?? 0) / letters;
  return language === 'zh' ? share >= MIN_CJK_IN_CHINESE : share <= MAX_CJK_IN_ENGLISH;
};

/** Every string below a property of this name, in order. */
const textsUnder = (value: unknown, name: string): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === name ? textsOf(item) : textsUnder(item, name)));
};

/** Whether texts named `zh` and `en` are in those languages, each of them. */
export const isBilingual = (value: unknown): boolean =>
  (['zh', 'en'] as const).every((language) =>
    textsUnder(value, language).every((text) => isInLanguage([text], language)),
  );

/** Whether a text named `zh` or `en` has neither a letter nor a digit: it fills its field and says nothing. */
export const saysNothing = (value: unknown): boolean =>
  ['zh', 'en'].some((name) => textsUnder(value, name).some((text) => !/[\p{L}\p{N}]/u.test(text)));
