// One string that changes whenever anything that goes into dist/ changes: path, size and time of each source file.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const stampFile = `${root}dist/.fingerprint`;

const sources = ['apps', 'workflows', 'activities', 'libs', 'bench'];
const alone = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'];

export const fingerprint = () => {
  const files = sources
    .filter((dir) => existsSync(root + dir))
    .flatMap((dir) =>
      readdirSync(root + dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /(?<!spec)\.(ts|tsx|css|html|json|svg)$/.test(entry.name))
        .map((entry) => `${entry.parentPath}/${entry.name}`),
    );
  const hash = createHash('sha256');
  for (const file of [...files, ...alone.map((name) => root + name)].sort()) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
};
