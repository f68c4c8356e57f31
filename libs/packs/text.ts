/** One sentence in both languages of the product. */
export type Text = { readonly zh: string; readonly en: string };
