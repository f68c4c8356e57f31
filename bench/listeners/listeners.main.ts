import { request } from 'node:http';
import { runLanes } from '../sides/side';
import { inBlocks, toldBy } from './told';

/** Whom the listeners listen to, and as whom: so many streams for each session. */
export interface ListenersOrder {
  readonly url: string;
  readonly sessions: readonly { readonly cookie: string; readonly streams: number }[];
}

/** Times of arrival by the number of the change, milliseconds since `from`. */
export interface Arrivals {
  readonly from: number;
  readonly at: readonly (readonly [seq: number, times: readonly number[]])[];
}

/** The line that says that every listener was let in. */
export const letInLine = 'listeners were let in';
/** The line that follows when the listeners are told to leave: what they heard, as JSON. */
export const heardLine = 'heard ';

const from = Math.floor(performance.timeOrigin);
const arrivals = new Map<number, number[]>();

const arrived = (seq: number): void => {
  const at = Math.round((performance.timeOrigin - from + performance.now()) * 100) / 100;
  const times = arrivals.get(seq);
  if (times) times.push(at);
  else arrivals.set(seq, [at]);
};

/* Resolves when the stream says that it is ready; a stream that is refused or ends by itself ends the program. */
const listen = (url: string, cookie: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const asking = request(url, { headers: { cookie, accept: 'text/event-stream' }, agent: false }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`a listener was answered ${answer.statusCode}`));
      answer.setEncoding('utf8').on('end', () => reject(new Error('a stream ended')));
      answer.on(
        'data',
        inBlocks((block) => {
          const told = toldBy(block);
          if (told?.kind === 'change') arrived(told.seq);
          else if (told?.kind === 'ready') resolve();
        }),
      );
    });
    asking.on('error', reject).end();
  });

const lanes = 32;

const main = async ({ url, sessions }: ListenersOrder): Promise<void> => {
  const waiting = sessions.flatMap(({ cookie, streams }) => Array.from({ length: streams }, () => cookie));
  await runLanes({ flows: waiting.length, lanes }, () => listen(url, waiting.pop() ?? ''));
  console.log(letInLine);
};

if (require.main === module) {
  process.once('SIGTERM', () => {
    const heard: Arrivals = { from, at: [...arrivals] };
    process.stdout.write(`${heardLine}${JSON.stringify(heard)}\n`, () => process.exit(0));
  });
  main(JSON.parse(process.argv[2] ?? '{}') as ListenersOrder).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}
