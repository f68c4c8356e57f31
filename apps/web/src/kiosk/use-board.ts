import { useEffect, useState } from 'react';
import { type Board, type Held } from './board';
import { createFrames } from './frames';

/** What the wall knows: a board, or that its token is over. */
export interface Wall {
  readonly held: Held | null;
  readonly refused: boolean;
}

const pollMs = { streaming: 10_000, alone: 5000 } as const;
const answerMs = 8000;
/** The API beats every five seconds. */
const silenceMs = 12_000;

const asked = (path: string, token: string, signal: AbortSignal): Promise<Response> =>
  fetch(path, { headers: { authorization: `Bearer ${token}` }, credentials: 'omit', cache: 'no-store', signal });

/* The browsers of wall screens are old: AbortSignal.any is not there yet. */
const endsWith = (outer: AbortSignal): AbortController => {
  const inner = new AbortController();
  outer.addEventListener('abort', () => inner.abort(), { signal: inner.signal });
  return inner;
};

/* Reads until the stream ends, fails or is silent for too long; what it says is only that the board changed. */
const listen = async (token: string, signal: AbortSignal, heard: (event: string) => void): Promise<void> => {
  const silent = endsWith(signal);
  let timer = setTimeout(() => silent.abort(), silenceMs);
  try {
    const response = await asked('/api/kiosk/events', token, silent.signal);
    const reader = response.ok ? response.body?.pipeThrough(new TextDecoderStream()).getReader() : undefined;
    const frames = createFrames();
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), silenceMs);
      for (const event of frames(piece.value)) heard(event);
    }
  } finally {
    clearTimeout(timer);
    silent.abort();
  }
};

const pause = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms));

/** The board of this token, kept current by the API's stream, and by asking where there is none. */
export const useBoard = (token: string): Wall => {
  const [wall, setWall] = useState<Wall>({ held: null, refused: false });
  useEffect(() => {
    const stop = new AbortController();
    let [streaming, reading] = [false, false];
    const read = async (): Promise<void> => {
      if (reading) return;
      reading = true;
      const late = endsWith(stop.signal);
      const timer = setTimeout(() => late.abort(), answerMs);
      try {
        const sent = performance.now();
        const response = await asked('/api/kiosk/board', token, late.signal);
        if (response.ok) setWall({ held: { board: (await response.json()) as Board, cameAt: sent }, refused: false });
        else if ([401, 403].includes(response.status)) setWall({ held: null, refused: true });
      } catch {
        // Nothing was answered: what is shown grows old, and the board says so.
      } finally {
        clearTimeout(timer);
        reading = false;
      }
    };
    const heard = (event: string): void => {
      streaming = event !== 'closed' && event !== 'reconnect';
      if (event === 'ready' || event === 'changed') void read();
    };
    const stream = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        await listen(token, stop.signal, heard).catch(() => undefined); // it comes again below, and polling goes on
        streaming = false;
        await pause(pollMs.alone);
      }
    };
    const poll = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        await read();
        await pause(streaming ? pollMs.streaming : pollMs.alone);
      }
    };
    void stream();
    void poll();
    return () => stop.abort();
  }, [token]);
  return wall;
};
