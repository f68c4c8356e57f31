/** One step of a tour: what is typed, and what it prints (`…` stands for anything on a line); null: nothing is said of it. */
export interface Step {
  readonly title: string;
  readonly commands: string;
  readonly prints: string | null;
}

const fences = /^```(\w+)\n([\s\S]*?)^```$/gm;

/** The fenced blocks of a document in one language, in their order. */
export const blocksOf = (markdown: string, language: string): string[] =>
  [...markdown.matchAll(fences)].filter(([, name]) => name === language).map(([, , text]) => text ?? '');

/** The part of a document between its marks for the tour. Throws when there is none. */
export const tourIn = (markdown: string): string => {
  const tour = /^<!-- tour\b.*-->$([\s\S]*)^<!-- \/tour -->$/m.exec(markdown)?.[1];
  if (tour === undefined) throw new Error('the document has no tour');
  return tour;
};

/** The steps of a document's tour: each `sh` block with the `text` block that follows it. */
export const stepsOf = (markdown: string): Step[] => {
  const tour = tourIn(markdown);
  const blocks = [...tour.matchAll(fences)].map((match) => ({ language: match[1], text: match[2] ?? '', match }));
  return blocks.flatMap(({ language, text, match }, at) => {
    if (language !== 'sh') return [];
    const next = blocks[at + 1];
    return [
      {
        title: titleBefore(tour.slice(0, match.index)),
        commands: text,
        prints: next?.language === 'text' ? next.text : null,
      },
    ];
  });
};

const titleBefore = (text: string): string => {
  const paragraph = text.trimEnd().split('\n\n').at(-1) ?? '';
  return /\*\*(.+?)\*\*/.exec(paragraph)?.[1] ?? 'preparation';
};

const mark = '@@step';

/** The steps as one script for bash that says where each begins, with these values in place of what the tour sets them to. */
export const scriptOf = (steps: readonly Step[], values: Readonly<Record<string, string>>): string => {
  const script = steps.map(({ commands }, at) => `printf '\\n${mark} ${at}\\n'\n${commands}`).join('');
  return Object.entries(values).reduce(replaceValue, script);
};

const replaceValue = (script: string, [name, value]: [string, string]): string => {
  const setting = new RegExp(`^${name}=.*$`, 'gm');
  const found = script.match(setting)?.length ?? 0;
  if (found !== 1) throw new Error(`the tour sets ${name} ${found} times`);
  return script.replace(setting, () => `${name}='${value}'`);
};

/** What each step of a script printed, by its number. */
export const outputsOf = (stdout: string): string[] =>
  stdout
    .split(new RegExp(`^${mark} \\d+$`, 'm'))
    .slice(1)
    .map((output) => output.trim());

/** Matches what a step should print: the whole of it, line by line. */
export const printed = (expected: string): RegExp =>
  new RegExp(
    `^${expected
      .trim()
      .split('…')
      .map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('[^\\n]*')}$`,
  );
