import { pinyin, polyphonic } from 'pinyin-pro';
import { type Match, matchSpelling, normaliseTerm, plain, type Spelling } from './matching';

/** Whether a text begins with a surname, many of which are read otherwise than as words (单 Shàn, 仇 Qiú). */
export type TextKind = 'name' | 'words';

const han = /^\p{Script=Han}$/u;
const signForm = /\p{Script=Han}|\p{N}+|(?:(?!\p{Script=Han})\p{L})+/gu;

const options = { toneType: 'none', type: 'array', v: true } as const;

/* Passports write 吕 as Lyu, keyboards as lv, and many people as lu. */
const typedAs = (reading: string): readonly string[] =>
  reading.includes('v') ? [reading, reading.replace('v', 'u'), reading.replace('v', 'yu')] : [reading];

/** Every way to read each of these characters; the one that fits here first. */
const readingsOf = (characters: readonly string[], kind: TextKind): readonly (readonly string[])[] => {
  const text = characters.join('');
  const usual = pinyin(text, { ...options, surname: kind === 'name' ? 'head' : 'off' });
  const all = polyphonic(text, options);
  return characters.map((_, at) => {
    const readings = [usual[at] ?? '', ...(all[at] ?? [])].filter((reading) => /^[a-z]+$/.test(reading));
    return [...new Set(readings.flatMap(typedAs))];
  });
};

/** Prepares a text for {@link matchSpelling}; keep it where a text is searched at every key. */
export const spellingOf = (text: string, kind: TextKind): Spelling => {
  const signs = plain(text).match(signForm) ?? [];
  const readings = readingsOf(
    signs.filter((sign) => han.test(sign)),
    kind,
  ).values();
  return {
    text: normaliseTerm(text),
    signs: signs.map((sign) => {
      if (han.test(sign)) return { sign, readings: readings.next().value ?? [] };
      return { sign, readings: /^\p{N}/u.test(sign) ? [] : [sign] };
    }),
  };
};

/** 张三丰 → zsf; numbers stay whole. */
export const initialsOf = (text: string, kind: TextKind): string =>
  spellingOf(text, kind)
    .signs.map(({ sign, readings: [reading] }) => reading?.[0] ?? sign)
    .join('');

/** {@link matchSpelling} for a text that is searched once: reads its characters only for a query with letters. */
export const matchText = (query: string, text: string, kind: TextKind): Match | null =>
  matchSpelling(query, /[a-z]/.test(plain(query)) ? spellingOf(text, kind) : { text: normaliseTerm(text), signs: [] });
