/** What a tokenizer or a reader of markup could take for the end of the data: brackets of tags and of chat templates. */
const CLOSING = /[<>｜\u2028\u2029]/g;

/**
 * A value as the last message of a request: JSON that no text inside can close. Model servers read `<|im_end|>` and its
 * like as control tokens wherever they stand, so the characters of such tokens are written as JSON escapes.
 */
export const promptInput = (value: unknown): string =>
  JSON.stringify(value).replace(CLOSING, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
