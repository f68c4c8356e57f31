/** Text brought into the one form that blind indexes compare; made only by the functions of this file. */
export type NormalisedText = string & { readonly normalised: unique symbol };

const invisible = /\p{Default_Ignorable_Code_Point}/gu;

/** Repeated until nothing changes: removing a space can let an accent combine, and folding case can split one. */
const settled = (text: string, step: (text: string) => string): NormalisedText => {
  let before = text;
  let after = step(before.normalize('NFKC').replace(invisible, ''));
  for (let round = 0; round < 4 && after !== before; round++) {
    before = after;
    after = step(before.normalize('NFKC').replace(invisible, ''));
  }
  return after as NormalisedText;
};

/** Identifiers (national id, medical record number, insurance number): no spaces or dashes, upper case, half width. */
export const normaliseIdentifier = (text: string): NormalisedText =>
  settled(text, (form) => form.replace(/[\s\p{Pd}]/gu, '').toUpperCase());

/** Names and other words: half width, single spaces, no case. */
export const normaliseWords = (text: string): NormalisedText =>
  settled(text, (form) => form.trim().replace(/\s+/gu, ' ').toLowerCase());

/** Telephone numbers: digits only, without the Chinese country code. */
export const normalisePhone = (text: string): NormalisedText =>
  settled(text, (form) => form.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, ''));
