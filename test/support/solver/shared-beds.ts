import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Reading } from '../../../libs/solver/failure';

const root = process.env['COUNTERSIGN_DATA_DIR'] ?? resolve(__dirname, '../../../../shared/data');

/** Whether the shared data lie beside the repository (or where COUNTERSIGN_DATA_DIR says). */
export const hasSharedBeds = existsSync(join(root, 'manifest.json'));

/** The title of a suite over the shared data. It says itself that it is skipped: jest prints no title of such a suite. */
export const sharedTitle = (title: string): string => {
  if (!hasSharedBeds) process.stderr.write(`${title}: shared data not found: set COUNTERSIGN_DATA_DIR\n`);
  return title;
};

/** A file of the bed data as text, unpacked. */
export const readShared = (path: string): string => {
  const bytes = readFileSync(join(root, 'beds', path));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

/** The files of a folder of the bed data, in order. */
export const listShared = (folder: string): string[] =>
  hasSharedBeds ? readdirSync(join(root, 'beds', folder)).toSorted() : [];

/** What a reading gave; a failure fails the test. */
export const valueOf = <T>(outcome: Reading<T>): T => {
  if ('failure' in outcome) throw new Error(`${outcome.failure.place}: ${outcome.failure.reason}`);
  return outcome.value;
};
