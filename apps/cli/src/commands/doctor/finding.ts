/** What a check found: nothing wrong, something to know, or something that keeps the installation from working. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warn' | 'fail';
  /** What is, in one sentence; never a secret. */
  readonly text: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** Nothing wrong. */
export const ok = (check: string, text: string): Finding => ({ check, state: 'ok', text });

/** Something to know. */
export const warn = (check: string, text: string, advice?: string): Finding => ({
  check,
  state: 'warn',
  text,
  ...(advice !== undefined && { advice }),
});

/** Something to put right. */
export const fail = (check: string, text: string, advice: string): Finding => ({ check, state: 'fail', text, advice });

/** A check; it may find several things. */
export type Examine = () => Promise<readonly Finding[]> | readonly Finding[];

/** Runs checks beside each other, in the order in which they are told; one that breaks is a finding of its own. */
export const examine = async (checks: Readonly<Record<string, Examine>>): Promise<Finding[]> => {
  const found = Object.entries(checks).map(async ([name, check]) => {
    try {
      return await check();
    } catch (thrown) {
      const text = thrown instanceof Error ? thrown.message : String(thrown);
      return [
        fail(name, `the check itself broke: ${text}`, 'report this with the output of: countersign config print'),
      ];
    }
  });
  return (await Promise.all(found)).flat();
};

/** The findings as lines for a terminal, the sum last. */
export const reportLines = (findings: readonly Finding[]): string[] => {
  const width = Math.max(0, ...findings.map(({ check }) => check.length));
  const count = (state: Finding['state']): number => findings.filter((finding) => finding.state === state).length;
  return [
    ...findings.flatMap(({ check, state, text, advice }) => [
      `${state.padEnd(5)} ${check.padEnd(width)}  ${indented(text, width)}`,
      ...(advice === undefined ? [] : [`${' '.repeat(width + 8)}→ ${indented(advice, width)}`]),
    ]),
    '',
    `${findings.length} checks: ${count('ok')} ok, ${count('warn')} to know, ${count('fail')} to put right`,
  ];
};

const indented = (text: string, width: number): string => text.split('\n').join(`\n${' '.repeat(width + 8)}`);
