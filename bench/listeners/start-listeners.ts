import { once } from 'node:events';
import { stopChild } from '#libs/embedded/children';
import { startProgram } from '../site/program';
import { type Arrivals, heardLine, letInLine, type ListenersOrder } from './listeners.main';

/** Listeners that listen, in a process of their own. */
export interface Listeners {
  /** Makes them leave; answers when what arrived. */
  readonly leave: () => Promise<Arrivals>;
}

/** Starts listeners; they are all let in when this resolves. */
export const startListeners = async (order: ListenersOrder): Promise<Listeners> => {
  let heard: Arrivals | undefined;
  const { child } = await startProgram({
    name: 'listeners',
    entry: `${__dirname}/listeners.main`,
    order,
    readyLine: letInLine,
    onLine: (line) => {
      if (line.startsWith(heardLine)) heard = JSON.parse(line.slice(heardLine.length)) as Arrivals;
    },
  });
  const said = once(child.process, 'close');
  return {
    leave: async () => {
      await stopChild(child);
      await said;
      if (heard === undefined) throw new Error('the listeners did not say what they heard');
      return heard;
    },
  };
};
