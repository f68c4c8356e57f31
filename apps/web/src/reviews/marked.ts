interface Part {
  readonly words: string;
  readonly hit: boolean;
}

/** Cuts a text at the words quoted, longest first, without overlap. */
export const marked = (text: string, quotes: readonly string[]): readonly Part[] => {
  const longestFirst = [...new Set(quotes)].filter((quote) => quote !== '').toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce<readonly Part[]>(
    (parts, quote) =>
      parts.flatMap((part) =>
        part.hit
          ? [part]
          : part.words
              .split(quote)
              .flatMap((words, index) => [...(index > 0 ? [{ words: quote, hit: true }] : []), { words, hit: false }]),
      ),
    [{ words: text, hit: false }],
  );
};
