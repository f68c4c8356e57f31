import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Command } from 'commander';
import { repositoryRoot } from '#libs/embedded/repository';
import { readText } from '#libs/embedded/state-files';
import { bringUpToDate, type FileStanding, isStale, type Repository } from './generate/generated-file';

/** Adds `generate`: writes the files that are made from the code, or compares them. */
export const registerGenerate = (program: Command): void => {
  program
    .command('generate')
    .description('write the generated files of the repository (needs the development dependencies)')
    .option('--check', 'change nothing; exit code 1 when one differs')
    .action(async ({ check = false }: { check?: boolean }) => {
      // Loaded here: it brings the whole API, which no other command needs.
      const { generatedFiles } = require('./generate/files') as typeof import('./generate/files');
      const standings: FileStanding[] = [];
      for (const file of generatedFiles) standings.push(await bringUpToDate(file, onDisk, { check }));
      standings.forEach(tell);
      if (standings.some(isStale)) process.exitCode = 1;
    });
};

const onDisk: Repository = {
  read: (path) => readText(join(repositoryRoot(), path)),
  write: (path, text) => {
    const file = join(repositoryRoot(), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  },
};

const tell = ({ path, state, problems }: FileStanding): void => {
  console.log(`${path}: ${state}${state === 'differs' || state === 'missing' ? ' (run npm run generate)' : ''}`);
  problems.forEach((problem) => console.log(`  ${problem}`));
};
