import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sweepUnfinished, unfinishedName } from './shared-places';
import type { TemporalFetch } from './temporal-build';
import { inFolder, programNames, type WayOutcome } from './temporal-program';
import { textOf } from './start-error';
import { temporalVersion } from './temporal-version';

/** The folder of the official release: its archives and their checksums. */
const officialRelease = `https://github.com/temporalio/temporal/releases/download/v${temporalVersion}`;

/** The archive of a platform, as the release names it; null for platforms it does not have. */
export const archiveName = (platform: string, arch: string): string | null => {
  const names: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };
  const known = ['linux', 'darwin'].includes(platform) ? names[arch] : undefined;
  return known === undefined ? null : `temporal_${temporalVersion}_${platform}_${known}.tar.gz`;
};

/** Downloads the official release into the cache, if its published checksum fits. */
export const downloadTemporal = async (where: TemporalFetch, release = officialRelease): Promise<WayOutcome> => {
  const name = archiveName(process.platform, process.arch);
  if (name === null) return { none: `there is none for ${process.platform} ${process.arch}` };
  mkdirSync(where.cache, { recursive: true });
  await sweepUnfinished(where.cache);
  const unfinished = join(where.cache, unfinishedName('archive'));
  mkdirSync(unfinished);
  try {
    where.say(`downloading ${release}/${name}`);
    const archive = await download(`${release}/${name}`, where);
    const checksums = (await download(`${release}/checksums.txt`, where)).toString('utf8');
    const refusal = checkSum(archive, name, checksums);
    return refusal === null ? await unpack(archive, unfinished, where.cache) : { none: refusal };
  } catch (thrown) {
    return { none: causeOf(thrown) };
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
};

/** Why an archive is not the published one, by a file of `<sha256>  <name>` lines; null when it is. */
export const checkSum = (archive: Buffer, name: string, checksums: string): string | null => {
  const line = checksums
    .split('\n')
    .map((each) => each.trim().split(/\s+\*?/))
    .find(([, file]) => file === name);
  if (!line) return `the published checksums do not list ${name}`;
  const actual = createHash('sha256').update(archive).digest('hex');
  return actual === line[0]?.toLowerCase() ? null : `${name} does not have its published checksum`;
};

const unpack = async (archive: Buffer, folder: string, cache: string): Promise<WayOutcome> => {
  const file = join(folder, 'archive.tar.gz');
  writeFileSync(file, archive);
  const wanted = [programNames.schemaTool, programNames.server];
  await promisify(execFile)('tar', ['-xzf', file, '-C', folder, '--no-same-owner', ...wanted]);
  for (const program of wanted) renameSync(join(folder, program), join(cache, program));
  return inFolder(cache);
};

const download = async (url: string, { env, say, signal }: TemporalFetch): Promise<Buffer> => {
  const { EnvHttpProxyAgent, fetch } = await import('undici'); // rarely needed, slow to load
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: env['HTTP_PROXY'] ?? env['http_proxy'],
    httpsProxy: env['HTTPS_PROXY'] ?? env['https_proxy'],
    noProxy: env['NO_PROXY'] ?? env['no_proxy'],
    connect: { timeout: 10_000 },
    headersTimeout: 30_000,
    bodyTimeout: 30_000,
  });
  try {
    const response = await fetch(url, { dispatcher, signal: signal ?? null });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return await collected(response.body, say);
  } finally {
    await dispatcher.destroy();
  }
};

const collected = async (body: AsyncIterable<Uint8Array> | null, say: (line: string) => void): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let [bytes, saidAt] = [0, performance.now()];
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (performance.now() - saidAt < 3000) continue;
    saidAt = performance.now();
    say(`downloading: ${(bytes / 1e6).toFixed(0)} MB`);
  }
  return Buffer.concat(chunks);
};

/* fetch says only "fetch failed"; why is in the cause. */
const causeOf = (thrown: unknown): string => {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return cause instanceof Error ? `${textOf(thrown)}: ${cause.message}` : textOf(thrown);
};
