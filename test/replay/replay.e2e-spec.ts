import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflows } from '../support/bundle-workflows';
import { type RecordedHistory, recordedHistories, replay } from './histories';
import { stories } from './stories';

jest.setTimeout(300_000);

const root = join(__dirname, '../..');
const recorded = recordedHistories();

/** A change of the workflow sources that would break running cases, and so must not get past the replay. */
const mutants: readonly { name: string; file: string; from: string; to: string }[] = [
  {
    name: 'a sleep before the first step',
    file: 'triage/triage.workflow.ts',
    from: 'const wakes = listen();',
    to: "const wakes = listen();\n  await condition(() => false, '1s');",
  },
  {
    name: 'the first step left out',
    file: 'triage/triage.workflow.ts',
    from: 'standingView(wakes, load)',
    to: 'standingView<TriageStanding>(wakes, async () => ({ review: null, clock: null, endsAt: null }))',
  },
  {
    name: 'no draft',
    file: 'shared/reviewed-draft.ts',
    from: 'draftBeside((drafted = standing.redraftRound))',
    to: 'drafted = standing.redraftRound',
  },
  {
    name: 'a second draft',
    file: 'shared/reviewed-draft.ts',
    from: 'draftBeside((drafted = standing.redraftRound));',
    to: '{\n draftBeside(0);\n draftBeside((drafted = 1));\n}',
  },
  {
    name: 'the draft as a local activity',
    file: 'triage/triage.workflow.ts',
    from: 'proxyActivities<TriageModelActivities>(modelStep)',
    to: 'proxyLocalActivities<TriageModelActivities>(ledgerStep)',
  },
  {
    name: 'the ledger steps as ordinary activities',
    file: 'triage/triage.workflow.ts',
    from: 'proxyLocalActivities<ReviewActivities>(ledgerStep)',
    to: "proxyActivities<ReviewActivities>({ startToCloseTimeout: '3s' })",
  },
  {
    name: 'nobody told at the escalation time',
    file: 'shared/reviewed-draft.ts',
    from: 'await ledger.escalateReview({ caseId, reviewId: window.reviewId, ...next });',
    to: '',
  },
  {
    name: 'no commit',
    file: 'triage/triage.workflow.ts',
    from: 'view.read(() => ledger.commitTriage({ caseId, approved: reviewed }))',
    to: 'view.read(load)',
  },
  {
    name: 'the escalation timer left out',
    file: 'shared/reviewed-draft.ts',
    from: 'if (await condition(woken, msUntil(next.at))) return told;',
    to: 'await condition(woken);\n  return told;',
  },
  {
    name: 'no end of the workflow',
    file: 'triage/triage.workflow.ts',
    from: 'view.finish();',
    to: '',
  },
];

const mutated = async ({ file, from, to }: (typeof mutants)[number]) => {
  // Inside the repository, so that the imports of the copy resolve; in a folder that nothing else reads.
  mkdirSync(join(root, 'dist'), { recursive: true });
  const copy = mkdtempSync(join(root, 'dist/mutant-'));
  try {
    cpSync(join(root, 'workflows'), copy, { recursive: true, filter: (path) => !path.endsWith('-spec.ts') });
    const path = join(copy, file);
    const source = readFileSync(path, 'utf8');
    expect(source).toContain(from);
    const imports = source.includes('proxyActivities')
      ? ''
      : "import { proxyActivities } from '@temporalio/workflow';\n";
    writeFileSync(path, imports + source.replace(from, to));
    return await replay(await bundleWorkflows(join(copy, 'index.ts')), recorded);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};

const tasksOf = ({ events }: RecordedHistory['history']) =>
  (events ?? []).flatMap(({ workflowTaskStartedEventAttributes: task }) => task ?? []);

describe('recorded histories', () => {
  it('U-1: cover every story and replay without a difference, fully decrypted', async () => {
    expect(new Set(recorded.map(({ story }) => story))).toEqual(new Set(stories.map(({ name }) => name)));
    expect(await replay(await bundleWorkflows(), recorded)).toEqual({ failed: [], rejected: [] });
  });

  it('U-1: replay where Temporal suggested to continue as new while no review was open, and older code did not', async () => {
    const long = recordedHistories().filter(({ story }) => story.endsWith('-and-ended'));
    const tasks = long.flatMap(({ history }) => tasksOf(history).slice(1));
    for (const task of tasks) task.suggestContinueAsNew = true;
    expect(tasks.length).toBeGreaterThan(2);
    expect(await replay(await bundleWorkflows(), long)).toEqual({ failed: [], rejected: [] });
  });

  it.each(mutants)('U-2: catch $name', async (mutant) => {
    const { failed } = await mutated(mutant);
    expect(failed.length).toBeGreaterThan(0);
  });
});
