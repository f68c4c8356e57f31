import { spawn } from 'node:child_process';

/** What a script printed and how it ended. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a page may rely on: nothing else that a shell of ours may hold reaches it. */
export const tourEnvironment = (): Record<string, string> => {
  const names = ['PATH', 'HOME', 'TMPDIR', 'XDG_CACHE_HOME', 'TEMPORAL_SERVER_DIR'];
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? '']).filter(([, value]) => value !== ''));
};

/** Runs a script in a bash that stops at the first error; what it left running after two minutes is ended with it. */
export const bash = (
  script: string,
  { cwd, env = tourEnvironment() }: { cwd: string; env?: Record<string, string> },
): Promise<Run> =>
  new Promise((resolve, reject) => {
    const shell = spawn('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const late = setTimeout(() => process.kill(-shell.pid!, 'SIGKILL'), 120_000);
    let [stdout, stderr] = ['', ''];
    shell.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    shell.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    shell.on('error', reject).on('close', (code) => {
      clearTimeout(late);
      resolve({ code, stdout, stderr });
    });
    shell.on('exit', (code) => {
      if (code !== 0) endGroup(shell.pid!);
    });
  });

/* A script that failed may have left processes of its own. */
const endGroup = (leader: number): void => {
  try {
    process.kill(-leader, 'SIGTERM');
  } catch {
    // nobody is left
  }
};
