import { Command } from 'commander';
import { join } from 'node:path';
import { registerStart } from '../../apps/cli/src/start/start.command';
import type { StartOptions } from '../../apps/cli/src/start/start-options';

/** `countersign start` as a process of its own, with tiny services in place of the product's programs. */
const main = async (): Promise<void> => {
  const program = new Command('countersign');
  registerStart(program, JSON.parse(process.env['TEST_START'] ?? '{}') as Partial<StartOptions>);
  await program.parseAsync();
};

/** Tiny programs for every service; `journal` gets a line from each that ends in order. */
export const tinyPrograms = (journal?: string): NonNullable<StartOptions['programs']> => {
  const tiny = (variable: string) => ({
    entry: join(__dirname, 'tiny-service.cjs'),
    args: [variable, ...(journal ? [journal] : [])],
    nodeOptions: [],
  });
  return { api: tiny('API_PORT'), worker: tiny('WORKER_HEALTH_PORT'), rehearsal: tiny('REHEARSAL_PORT') };
};

if (require.main === module) void main();
