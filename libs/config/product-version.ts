import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const read = (folder: string): string => {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`no package.json above ${__dirname}`);
  return read(parent);
};

/** The version of the product, as package.json says; the same from source and from dist/. */
export const productVersion: string = read(__dirname);
