import { Command } from 'commander';
import { textOf } from '#libs/embedded/start-error';
import { registerConfig } from './commands/config';
import { registerDb } from './commands/db';
import { registerDemo } from './commands/demo';
import { registerDoctor } from './commands/doctor';
import { registerDowntimeList } from './commands/downtime-list';
import { registerGenerate } from './commands/generate';
import { registerPrepare } from './commands/prepare';
import { registerReconcile } from './commands/reconcile';
import { registerReplayTriage } from './commands/replay-triage';
import { registerRehearseDay } from './commands/rehearse-day';
import { registerReset } from './commands/reset';
import { registerScoreTriage } from './commands/score-triage';
import { registerSeed } from './commands/seed';
import { registerSolve } from './commands/solve';
import { registerTls } from './commands/tls';
import { registerUser } from './commands/user';
import { registerWard } from './commands/ward';
import { registerStart } from './start/start.command';

const program = new Command('countersign').description('DeepSeek drafts, people sign · 模型起草,人来会签');
const commands = [
  registerStart,
  registerPrepare,
  registerDemo,
  registerDoctor,
  registerConfig,
  registerDb,
  registerSeed,
  registerUser,
  registerWard,
  registerTls,
  registerReconcile,
  registerDowntimeList,
  registerReset,
  registerGenerate,
  registerScoreTriage,
  registerReplayTriage,
  registerRehearseDay,
  registerSolve,
];
for (const register of commands) register(program);

void program.parseAsync().catch((error: unknown) => {
  console.error(textOf(error));
  process.exit(1);
});
