import { listen, type Told } from './wire';

/** A tab's end of the stream. */
export interface Connection {
  wake(): void;
  leave(): void;
}

/** Connects this tab to the browser's one stream; where there are no shared workers, to a stream of its own. */
export const connect = (tell: (told: Told) => void): Connection => {
  if (typeof SharedWorker === 'undefined') {
    const listening = listen({ tell, open: () => new EventSource('/api/events') });
    return { wake: listening.wake, leave: listening.stop };
  }
  const worker = new SharedWorker(new URL('./stream.worker.ts', import.meta.url), { type: 'module', name: 'stream' });
  worker.port.onmessage = ({ data }: MessageEvent<Told>) => tell(data);
  const say = (word: 'wake' | 'leave') => (): void => worker.port.postMessage(word);
  const leave = say('leave');
  window.addEventListener('pagehide', leave);
  return {
    wake: say('wake'),
    leave: () => {
      window.removeEventListener('pagehide', leave);
      leave();
    },
  };
};
