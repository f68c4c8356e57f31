import { marked } from './marked';

/** A source text with the words that a draft quotes marked in it; what is not found is not marked. */
export const Highlighted = ({ text, quotes }: { readonly text: string; readonly quotes: readonly string[] }) => {
  const parts = marked(text, quotes);
  return (
    <>
      {parts.map(({ words, hit }, index) =>
        hit ? <mark key={index}>{words}</mark> : <span key={index}>{words}</span>,
      )}
    </>
  );
};
