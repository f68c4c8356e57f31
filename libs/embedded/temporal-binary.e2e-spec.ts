import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from './repository';
import { identify } from './process-identity';
import { silent, textOf } from './start-error';
import { archiveName, downloadTemporal } from './temporal-archive';
import { findTemporal } from './temporal-binary';
import { buildTemporal } from './temporal-build';
import { goToolchain, temporalVersion } from './temporal-version';

const hook = join(__dirname, '../../test/support/typescript-hook.cjs');

describe('getting the Temporal programs', () => {
  let folder: string;
  let cache: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-temporal-'));
    cache = join(folder, 'cache', 'countersign', `temporal-${temporalVersion}`);
    mkdirSync(join(folder, 'bin'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const program = (path: string, script: string): string => {
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  /** A `go` that takes its time, writes what go build would, and keeps a journal. */
  const slowGo = (seconds: number): void => {
    const write = `for name in server sql; do echo half > "$target/$name"; done; sleep ${seconds}`;
    const finish = `for name in server sql; do printf '#!/bin/sh\\necho whole\\n' > "$target/$name"; chmod +x "$target/$name"; done`;
    const target = 'while [ "$1" != -o ]; do shift; done; target="$2"';
    program(
      join(folder, 'bin', 'go'),
      `echo "$GOTOOLCHAIN $CGO_ENABLED $1" >> ${folder}/journal; ${target}; ${write}; ${finish}`,
    );
  };
  const env = () => ({
    PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
    XDG_CACHE_HOME: join(folder, 'cache'),
    HOME: folder,
  });
  const journal = (): string[] => readFileSync(join(folder, 'journal'), 'utf8').trim().split('\n');
  const visible = (): string[] =>
    readdirSync(cache)
      .filter((name) => !name.startsWith('build.lock'))
      .sort();

  it('pins the same version in Go and here', () => {
    const module = readFileSync(join(repositoryRoot(), 'deploy', 'temporal', 'go.mod'), 'utf8');
    expect(module).toContain(`go.temporal.io/server v${temporalVersion}`);
    expect(`go${/^go (\S+)$/m.exec(module)?.[1]}`).toBe(goToolchain);
  });

  it('builds once with the pinned Go, for two who ask at the same time', async () => {
    slowGo(1);
    const lines: string[] = [];
    const both = [
      buildTemporal({ env: env(), cache, say: silent }),
      buildTemporal({ env: env(), cache, say: (line) => lines.push(line) }),
    ];
    const outcomes = await Promise.all(both);
    expect(outcomes[0]).toEqual({
      found: { server: join(cache, 'temporal-server'), schemaTool: join(cache, 'temporal-sql-tool') },
    });
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(journal()).toEqual([`${goToolchain} 0 build`]);
    expect(lines[0]).toContain('waiting for process');
    expect(visible()).toEqual(['temporal-server', 'temporal-sql-tool']);
  });

  it('leaves nothing half-made when the builder is killed, and the next build cleans up', async () => {
    slowGo(30);
    const script = join(folder, 'builder.ts');
    writeFileSync(
      script,
      `import { buildTemporal } from '${join(__dirname, 'temporal-build')}';
       void buildTemporal({ env: ${JSON.stringify(env())}, cache: '${cache}', say: () => undefined });`,
    );
    const builder = spawn(process.execPath, ['--require', hook, script], { stdio: 'inherit' });
    for (let waited = 0; waited < 20_000 && !existsSync(join(folder, 'journal')); waited += 50)
      await new Promise((resolve) => setTimeout(resolve, 50));
    builder.kill('SIGKILL');
    while (identify(builder.pid!)) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(visible().filter((name) => !name.startsWith('.'))).toEqual([]);
    slowGo(0);
    expect(await buildTemporal({ env: env(), cache, say: silent })).toHaveProperty('found');
    expect(visible()).toEqual(['temporal-server', 'temporal-sql-tool']);
    expect(spawnSync(join(cache, 'temporal-server'), { encoding: 'utf8' }).stdout).toBe('whole\n');
  });

  it('can be broken off', async () => {
    slowGo(30);
    const controller = new AbortController();
    const building = buildTemporal({ env: env(), cache, say: silent, signal: controller.signal });
    setTimeout(() => controller.abort(), 300);
    expect(await building).toHaveProperty('none');
    expect(visible()).toEqual([]);
  });

  it('tells what go said when it failed, and goes on to the next way', async () => {
    program(join(folder, 'bin', 'go'), 'echo "no required module provides package" >&2; exit 1');
    const outcome = await buildTemporal({ env: env(), cache, say: silent });
    expect(outcome).toEqual({ none: expect.stringContaining('no required module provides package') });
  });

  describe('from an official archive', () => {
    let server: Server;
    let files: Record<string, Buffer>;
    let release: string;
    const name = archiveName(process.platform, process.arch)!;
    beforeEach(async () => {
      for (const each of ['temporal-server', 'temporal-sql-tool']) program(join(folder, each), 'echo from archive');
      spawnSync('tar', ['-czf', join(folder, name), '-C', folder, 'temporal-server', 'temporal-sql-tool']);
      const archive = readFileSync(join(folder, name));
      const sum = createHash('sha256').update(archive).digest('hex');
      files = { [`/${name}`]: archive, '/checksums.txt': Buffer.from(`${sum}  ${name}\n`) };
      server = createServer((request, response) => {
        const file = files[request.url ?? ''];
        response.writeHead(file ? 200 : 404).end(file);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      release = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    });
    afterEach(() => server.close());

    it('unpacks it when its checksum is the published one', async () => {
      const outcome = await downloadTemporal({ env: env(), cache, say: silent }, release);
      expect(outcome).toHaveProperty('found');
      expect(spawnSync(join(cache, 'temporal-server'), { encoding: 'utf8' }).stdout).toBe('from archive\n');
      expect(visible()).toEqual(['temporal-server', 'temporal-sql-tool']);
    });

    it('refuses it with another checksum, and keeps none of it', async () => {
      files['/checksums.txt'] = Buffer.from(`${'0'.repeat(64)}  ${name}\n`);
      const outcome = await downloadTemporal({ env: env(), cache, say: silent }, release);
      expect(outcome).toEqual({ none: expect.stringContaining('checksum') });
      expect(visible()).toEqual([]);
    });

    it('says so when the release is not there, or nobody answers', async () => {
      files = {};
      expect(await downloadTemporal({ env: env(), cache, say: silent }, release)).toEqual({
        none: expect.stringContaining('404'),
      });
      const dead = { ...env(), HTTP_PROXY: 'http://127.0.0.1:9' };
      expect(await downloadTemporal({ env: dead, cache, say: silent }, 'http://release.invalid')).toHaveProperty(
        'none',
      );
    });
  });

  it('refuses a named folder that has them in another version', async () => {
    for (const each of ['temporal-server', 'temporal-sql-tool'])
      program(join(folder, each), 'echo temporal version 1.2.3');
    const search = findTemporal({ env: { ...env(), TEMPORAL_SERVER_DIR: folder }, stateDir: folder });
    expect(await search.catch(textOf)).toContain('has version 1.2.3');
  });

  it('takes what is on PATH in the pinned version, and passes over another', async () => {
    for (const each of ['temporal-server', 'temporal-sql-tool'])
      program(join(folder, 'bin', each), `echo temporal version ${temporalVersion}`);
    const found = await findTemporal({ env: env(), stateDir: folder });
    expect(found.server).toBe(join(folder, 'bin', 'temporal-server'));
    for (const each of ['temporal-server', 'temporal-sql-tool'])
      program(join(folder, 'bin', each), 'echo temporal version 1.2.3');
    slowGo(0);
    expect((await findTemporal({ env: env(), stateDir: folder })).server).toBe(join(cache, 'temporal-server'));
  });

  it('without Go, programs and network is an error that says what to do', async () => {
    const bare = { XDG_CACHE_HOME: join(folder, 'cache'), PATH: '', HTTPS_PROXY: 'http://127.0.0.1:9' };
    const text = await findTemporal({ env: bare, stateDir: folder }).then(() => 'found', textOf);
    for (const part of [
      'PATH: temporal-server',
      'go is not on PATH',
      'official release',
      'TEMPORAL_ADDRESS=',
      'Go 1.21',
    ])
      expect(text).toContain(part);
  });
});
