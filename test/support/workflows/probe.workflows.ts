import { condition, defineSignal, setHandler } from '@temporalio/workflow';

const finish = defineSignal('finish');

/** Waits until it is told to finish. */
export const waiting = async (): Promise<void> => {
  let told = false;
  setHandler(finish, () => {
    told = true;
  });
  await condition(() => told);
};

/** Fails its task again and again, as a programming error does. */
export const stumbling = async (): Promise<void> => {
  await Promise.resolve();
  throw new Error('a programming error');
};
