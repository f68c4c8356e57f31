import { startRehearsalServer } from '#libs/llm/rehearsal/server';
import { rehearseAcuity } from '#libs/processes/triage/triage.rehearsal';
import { loadOrExit } from './load-or-exit';

/** The rehearsal model as a process of its own: drafts from rules where no DeepSeek is connected. */
const main = async (): Promise<void> => {
  const config = loadOrExit('rehearsal');
  const server = await startRehearsalServer({
    drafters: { triage_acuity: rehearseAcuity },
    port: config.rehearsalPort,
    latencyMs: 50,
    allowFaults: config.profile === 'demo',
  });
  console.log(`rehearsal model on ${server.baseUrl}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => void server.close().then(() => process.exit(0)));
};

void main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
