import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { answered, api, newKey, once } from '../../api/client';
import { type Sent } from '../../api/types';
import { ProblemText } from '../../app/ProblemText';

/** Why a letter is put away for good. */
export type Because = Sent<'/api/interop/messages/{id}/dismissals'>['because'];

const pageSize = 25;

/** The messages that could not be taken and wait for somebody, newest first. */
export const useDeadLetters = () =>
  useInfiniteQuery({
    queryKey: ['dead-letters'],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/api/interop/dead-letters', {
          params: { query: { limit: pageSize, ...(pageParam !== '' && { cursor: pageParam }) } as never },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 30_000,
  });

/** One message with its header; nothing of its patient. */
export const useLetter = (id: string | null) =>
  useQuery({
    queryKey: ['dead-letter', id],
    queryFn: () => answered(api.GET('/api/interop/messages/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== null,
  });

const idOf = (id: string, key: string) => ({ params: { path: { id }, header: once(key) } });

/** Takes a message again, or puts it away; says what became of it. */
export const useSettling = (onSettled: () => void) => {
  const { t } = useTranslation('ops');
  const client = useQueryClient();
  const { message } = App.useApp();
  const readAgain = (): void => {
    for (const word of ['dead-letters', 'dead-letter', 'operations'])
      void client.invalidateQueries({ queryKey: [word] });
  };
  const onError = (thrown: unknown): void => {
    readAgain();
    void message.error(<ProblemText thrown={thrown} />);
  };
  const replaying = useMutation({
    mutationFn: ({ id, key }: { id: string; key: string }) =>
      answered(api.POST('/api/interop/messages/{id}/replays', idOf(id, key))),
    onSuccess: ({ outcome }) => {
      readAgain();
      if (outcome === 'dead') return void message.warning(t('replayed.dead'), 8);
      onSettled();
      void message.success(t(`replayed.${outcome}`), 6);
    },
    onError,
  });
  const dismissing = useMutation({
    mutationFn: ({ id, key, because }: { id: string; key: string; because: Because }) =>
      answered(api.POST('/api/interop/messages/{id}/dismissals', { ...idOf(id, key), body: { because } })),
    onSuccess: ({ settled }) => {
      readAgain();
      onSettled();
      void message.success(t('dismissed', { n: settled }), 6);
    },
    onError,
  });
  return {
    replay: (id: string) => replaying.mutate({ id, key: newKey() }),
    dismiss: (id: string, because: Because) => dismissing.mutate({ id, because, key: newKey() }),
    /** Which letter something is being done with. */
    replayingId: replaying.isPending ? replaying.variables.id : null,
    dismissing: dismissing.isPending,
  };
};
