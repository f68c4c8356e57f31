/** A text for the person who installs the product, in both languages. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}
