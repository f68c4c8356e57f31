import { listen, type Listening, type Told } from './wire';

/** One stream for all tabs of a browser: each tab is a port, told what the stream tells. */
interface Scope {
  onconnect: (event: MessageEvent) => void;
}
const scope = self as unknown as Scope;

const ports = new Set<MessagePort>();
let last: Told | null = null;
let listening: Listening | null = null;

const tell = (told: Told): void => {
  if (told.kind === 'state') last = told;
  for (const port of ports) port.postMessage(told);
};

scope.onconnect = ({ ports: [port] }) => {
  if (!port) return;
  ports.add(port);
  if (last) port.postMessage(last);
  port.onmessage = ({ data }: MessageEvent<'wake' | 'leave'>) => {
    if (data === 'leave') {
      ports.delete(port);
      if (ports.size === 0) listening?.stop();
      return;
    }
    listening ??= listen({ tell, open: () => new EventSource('/api/events') });
    listening.wake();
  };
};
