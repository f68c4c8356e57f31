/** A sentence of the demonstration in both languages. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

/** Tells the demonstration line by line, and remembers what did not hold. */
export interface Narrator {
  chapter(title: Sentence): void;
  say(sentence: Sentence): void;
  /** Something that must hold for the demonstration to have succeeded. */
  holds(held: boolean, sentence: Sentence): void;
  /** A line of a list, as it is. */
  line(text: string): void;
  /** What did not hold, in English, in the order in which it was told. */
  readonly broken: readonly string[];
}

const indent = '     ';

/** A narrator that prints with `print`; Chinese first, English below. */
export const createNarrator = (print: (line: string) => void): Narrator => {
  const broken: string[] = [];
  let chapters = 0;
  const both = ({ zh, en }: Sentence, mark: string): void => {
    print(`  ${mark}  ${zh}`);
    print(`${indent}${en}`);
  };
  return {
    chapter: ({ zh, en }) => {
      chapters += 1;
      print('');
      print(`${chapters}. ${zh} · ${en}`);
    },
    say: (sentence) => both(sentence, '·'),
    holds: (held, sentence) => {
      if (!held) broken.push(sentence.en);
      both(sentence, held ? '✓' : '✗');
    },
    line: (text) => print(`${indent}${text}`),
    broken,
  };
};

/** The last lines, and the exit code: 0 only when everything held. */
export const verdictOf = ({
  broken,
}: Pick<Narrator, 'broken'>): { readonly lines: string[]; readonly exitCode: 0 | 1 } =>
  broken.length === 0
    ? { lines: ['', '全部成立 · everything held'], exitCode: 0 }
    : { lines: ['', '不成立 · what did not hold:', ...broken.map((sentence) => `  ✗ ${sentence}`)], exitCode: 1 };
