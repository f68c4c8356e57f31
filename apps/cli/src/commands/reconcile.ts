import { type Command } from 'commander';
import { type Repair, restartWorkflow, wakeWorkflow } from '#libs/db/stores/repair.store';
import { readForInstallation, type Tx } from '#libs/db/transaction';
import { isRefusal, type Refusal } from '#libs/review/refusal';
import { connectTemporal } from '#libs/temporal/temporal-link';
import { type Finding, findingKinds, type ReconcilerReport } from '../../../worker/src/reconciler/finding';
import { reconcile } from '../../../worker/src/reconciler/reconcile';
import { createWorkflowLookup } from '../../../worker/src/reconciler/workflow-lookup';
import { type CommandLedger, withLedger } from './ledger';
import { operatorOf } from './operator';

/** Adds `reconcile` (compare, change nothing) and what a person may then have done: `restart` and `wake`. */
export const registerReconcile = (program: Command): void => {
  const command = program
    .command('reconcile')
    .description('compare ledger and workflows; exit code 1 where they differ')
    .action(() =>
      withLedger('command', async (ledger) => {
        const report = await compare(ledger);
        linesOf(report).forEach((line) => console.log(line));
        process.exitCode = report.findings.length === 0 && report.temporal === 'asked' ? 0 : 1;
      }),
    );
  command
    .command('restart')
    .description('start the workflow of an open case again; one that runs is left alone')
    .argument('<case>', 'id of the case')
    .action((caseId: string) =>
      withLedger('command', async (ledger) => tell(await repair(ledger, caseId, restartWorkflow))),
    );
  command
    .command('wake')
    .description('send the signals of a case again; the workflow reads the ledger, nothing is decided by this')
    .argument('<case>', 'id of the case')
    .action((caseId: string) =>
      withLedger('command', async (ledger) => tell(await repair(ledger, caseId, wakeWorkflow))),
    );
};

/** Compares this installation's ledger with the Temporal of its configuration. */
export const compare = async ({ config, inTransaction }: CommandLedger): Promise<ReconcilerReport> => {
  const { address, ...rest } = config.temporal;
  if (typeof address !== 'string')
    throw new Error('Where is Temporal? Start the installation (npm start) or set TEMPORAL_ADDRESS');
  const link = connectTemporal({ ...rest, address }, 'cli');
  try {
    return await reconcile({ inTransaction, workflows: createWorkflowLookup(link) });
  } finally {
    await link.close();
  }
};

/** Has something sent again for a case, in the name of whoever is at the terminal. Throws an error that says why not. */
export const repair = async (
  { source, inTransaction }: CommandLedger,
  caseId: string,
  how: (tx: Tx, caseId: string) => Promise<Repair | Refusal>,
): Promise<Repair> => {
  const [of] = await readForInstallation<{ organisation_id: string }>(
    source,
    'select organisation_id from cases where id::text = $1',
    [caseId],
  );
  if (!of) throw new Error(`There is no case ${caseId}`);
  const done = await inTransaction(operatorOf(of.organisation_id), (tx) => how(tx, caseId));
  if (isRefusal(done)) throw new Error(`Not done: ${done.code} ${JSON.stringify(done.detail)}`);
  return done;
};

/** The report for a terminal. */
export const linesOf = ({ temporal, truncated, findings }: ReconcilerReport): string[] => [
  ...(temporal === 'away' ? ['Temporal does not answer: only the ledger was looked at.'] : []),
  ...(findings.length === 0 ? ['Ledger and workflows agree.'] : findings.map(lineOf)),
  ...(truncated ? ['There is more than is listed here.'] : []),
];

const lineOf = ({ kind, caseId, since, detail }: Finding): string =>
  [kind.padEnd(20), caseId ?? '-', since ?? '-', `${findingKinds[kind]} ${JSON.stringify(detail)}`].join('  ');

const tell = ({ workflowId, sent }: Repair): void =>
  sent.forEach(({ kind, name }) => console.log(`${kind} ${name} waits in the outbox for ${workflowId}`));
