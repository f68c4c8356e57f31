import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ProcessName } from '#libs/processes/index';
import { answered, api, once } from '../../api/client';
import { isProblem } from '../../api/problem';
import { type Shown } from '../../api/types';
import { useIntention } from '../use-intention';

/** How far a process uses the model. */
export type Rollout = Shown<'/api/admin/rollouts/{process}'>;
export type Mode = Rollout['mode'];

/* Nothing tells the browser that a switch ran out. */
const freshMs = 30_000;

/** What is set for a process, and what is in force. */
export const useRollout = (process: ProcessName) =>
  useQuery({
    queryKey: ['rollout', process],
    queryFn: () => answered(api.GET('/api/admin/rollouts/{process}', { params: { path: { process } } })),
    refetchInterval: freshMs,
  });

/** Sets mode and blind share from the version that was shown. */
export const useSetRollout = (process: ProcessName) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, ...body }: Pick<Rollout, 'mode' | 'blindPercent' | 'version'>) =>
      answered(
        api.PUT('/api/admin/rollouts/{process}', {
          params: { path: { process }, header: { 'If-Match': `"${version}"` } },
          body,
        }),
      ),
    onSuccess: (rollout) => client.setQueryData(['rollout', process], rollout),
    onError: () => client.invalidateQueries({ queryKey: ['rollout', process] }),
  });
};

/** Turns a process to manual for some hours. */
export const useTurnOff = (process: ProcessName) => {
  const client = useQueryClient();
  const intention = useIntention();
  return useMutation({
    mutationFn: (sent: { readonly reason: string; readonly hours: number }) => {
      const body = { process, ...sent };
      return answered(
        api.POST('/api/admin/manual-switches', { params: { header: once(intention.keyOf(body)) }, body }),
      );
    },
    onSuccess: () => {
      intention.done();
      return client.invalidateQueries({ queryKey: ['rollout', process] });
    },
  });
};

/** Ends a manual switch; one that is over already is as good. */
export const useTurnBack = (process: ProcessName) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      try {
        await answered(api.DELETE('/api/admin/manual-switches/{id}', { params: { path: { id } } }));
      } catch (thrown) {
        if (!isProblem(thrown, 'NOT_FOUND')) throw thrown;
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['rollout', process] }),
  });
};
