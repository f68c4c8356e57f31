/** The separators a message declares in MSH-1 and MSH-2; what MSH-2 leaves out does not exist in that message. */
export interface Separators {
  readonly field: string;
  readonly component: string;
  readonly repetition?: string;
  readonly escape?: string;
  readonly subcomponent?: string;
}

/** The separators that HL7 recommends. */
export const standardSeparators = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
} as const;

const punctuation = /^[!#-/:-@[-`{-~]+$/;

/**
 * Separators from the text of an MSH segment, or undefined when they are unusable: 1 to 5 distinct ASCII punctuation
 * marks (the fifth, the truncation mark of 2.7, is ignored), none of them the quote that spells "delete".
 */
export const readSeparators = (msh: string): Separators | undefined => {
  const field = msh.charAt(3);
  const end = msh.indexOf(field, 4);
  const encoding = msh.slice(4, end === -1 ? undefined : end);
  const all = field + encoding;
  if (encoding.length < 1 || encoding.length > 5) return undefined;
  if (!punctuation.test(all) || new Set(all).size !== all.length) return undefined;
  const [component = '', repetition, escape, subcomponent] = encoding;
  return { field, component, repetition, escape, subcomponent };
};

/** Whether every separator exists, so that any text can be written with them. */
export const isComplete = (separators: Separators): separators is Required<Separators> =>
  [separators.repetition, separators.escape, separators.subcomponent].every((mark) => mark !== undefined);

/** Splits at a separator; a separator that does not exist splits nothing. */
export const splitAt = (text: string, separator: string | undefined): string[] =>
  separator === undefined ? [text] : text.split(separator);

/** The text of MSH-2 for these separators. */
export const encodingCharacters = (separators: Required<Separators>): string =>
  separators.component + separators.repetition + separators.escape + separators.subcomponent;
