import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when a URL of our own machine answers 200; asks every 50 ms until told that it is over. */
export const answersOk = async (url: string, over: AbortSignal): Promise<void> => {
  while (!over.aborted) {
    if ((await statusOf(url)) === 200) return;
    await sleep(50);
  }
};

/** The status a URL of our own machine answers with; null when nothing answers within two seconds. */
export const statusOf = (url: string): Promise<number | null> =>
  new Promise((resolve) => {
    // The certificate is for the name the hospital uses; here we ask our own child on the loopback address.
    const request = url.startsWith('https:')
      ? getHttps(url, { rejectUnauthorized: false, agent: false, timeout: 2000 })
      : getHttp(url, { agent: false, timeout: 2000 });
    request.once('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? null);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(null));
    request.once('close', () => resolve(null));
  });
