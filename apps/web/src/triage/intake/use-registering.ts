import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answered, api, once } from '../../api/client';
import { isUnreachable } from '../../api/problem';
import { type Done } from '../../api/types';
import { type Kept } from './kept-list';
import { useKept } from './use-kept';

export type Registered = Done<'/api/triage/cases'>;

const sendKept = (one: Kept): Promise<Registered> => {
  const params = { header: once(one.key) };
  return one.kind === 'resus'
    ? answered(api.POST('/api/triage/resus', { params, body: one.body }))
    : answered(api.POST('/api/triage/cases', { params, body: one.body }));
};

/**
 * Registers. What was not answered is kept, encrypted, with its key: whether it arrived nobody knows, and sending it again
 * registers nobody twice. Answers null then. A refusal is thrown and keeps nothing.
 */
export const useRegistering = () => {
  const client = useQueryClient();
  const { keep, drop } = useKept();
  return useMutation({
    mutationFn: async (one: Kept): Promise<Registered | null> => {
      try {
        const registered = await sendKept(one);
        await drop(one.key);
        return registered;
      } catch (thrown) {
        if (!isUnreachable(thrown)) throw thrown;
        await keep(one);
        return null;
      }
    },
    onSuccess: () => {
      for (const word of ['queue', 'reviews', 'tasks']) void client.invalidateQueries({ queryKey: [word] });
    },
  });
};
