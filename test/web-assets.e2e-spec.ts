import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/* As the test command built them. */
const built = join(__dirname, '../dist/web');

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
}
const manifest = (): Readonly<Record<string, Chunk>> =>
  JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;

/* Everything that a browser fetches before it can show what stands in these modules. */
const loadedBy = (modules: readonly string[]): Set<string> => {
  const chunks = manifest();
  const files = new Set<string>();
  const seen = new Set<string>();
  const load = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const chunk = chunks[name];
    if (!chunk) throw new Error(`${name} was not built`);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    (chunk.imports ?? []).forEach(load);
  };
  modules.forEach(load);
  return files;
};

const zipped = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(built, file))).length, 0);

const kB = 1000;

describe('the weight of the screens, gzipped', () => {
  it('is 350 kB at most for the queue, from nothing to patients', () => {
    const files = loadedBy(['index.html', 'src/triage/queue/QueueScreen.tsx']);
    expect(files.size).toBeGreaterThan(3);
    expect(zipped(files)).toBeLessThanOrEqual(350 * kB);
  });

  it('is 80 kB at most for a board on the wall, which knows no component kit', () => {
    if (!existsSync(join(built, 'kiosk.html'))) return;
    expect(zipped(loadedBy(['kiosk.html']))).toBeLessThanOrEqual(80 * kB);
  });
});

/* Names that no browser ever opens: XML namespaces and schemas, bases for relative addresses, and where libraries explain
   their own errors. */
const namesOnly: readonly RegExp[] = [
  /^https?:\/\/www\.w3\.org\/(1998\/Math\/MathML|1999\/xhtml|1999\/xlink|2000\/svg|2000\/xmlns\/|XML\/1998\/namespace)$/,
  /^https:\/\/react\.dev\/errors\/$/,
  /^https:\/\/u\.ant\.design\/[\w-]+$/,
  /^https:\/\/react\.i18next\.com\/latest\/usetranslation-hook$/,
  /^https:\/\/reactrouter\.com\/en\/main\/routers\/picking-a-router\.$/,
  /^https:\/\/github\.com\/ungap\/url-search-params\.$/,
  /^http:\/\/localhost$/,
  /^http:\/\/\[\$\{\w+\}\]$/,
  /^https:\/\/json-schema\.org\/draft\/[\w-]+\/schema#?$/,
  /^http:\/\/json-schema\.org\/draft-0\d\/schema#$/,
];

describe('check 10: what was built', () => {
  const files = readdirSync(built, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|css|html|svg)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

  it('names no address outside the hospital', () => {
    expect(files.length).toBeGreaterThan(5);
    const foreign = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?:https?|wss?):\/\/[^\s"'`)<>\\,;]+/g)]
        .map(([url]) => url)
        .filter((url) => !namesOnly.some((name) => name.test(url))),
    );
    expect([...new Set(foreign)]).toEqual([]);
  });

  it('fetches nothing without a protocol from elsewhere either', () => {
    for (const file of files.filter((name) => /\.(css|html)$/.test(name)))
      expect(readFileSync(file, 'utf8')).not.toMatch(/(?:url\(|src=|href=|@import)\s*["']?\/\//);
  });
});
