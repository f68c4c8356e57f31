import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answered, api, once } from '../../api/client';
import { type Done, type Sent, type Shown } from '../../api/types';
import { useIntention } from '../use-intention';
import { usePages } from '../use-pages';

/** A board on a wall, never its token. */
export type Kiosk = Shown<'/api/admin/kiosks'>['items'][number];
export type NewKiosk = Sent<'/api/admin/kiosks'>;
/** A board just made, with the token that is shown once. */
export type IssuedKiosk = Done<'/api/admin/kiosks'>;

const queryKey = ['kiosks'] as const;

/** The boards of the hospital. */
export const useKiosks = () =>
  usePages(queryKey, (cursor) => answered(api.GET('/api/admin/kiosks', { params: { query: { cursor } } })));

/** Makes a board; answers its token this once. */
export const useAddKiosk = () => {
  const client = useQueryClient();
  const intention = useIntention();
  return useMutation({
    mutationFn: (body: NewKiosk): Promise<IssuedKiosk> =>
      answered(api.POST('/api/admin/kiosks', { params: { header: once(intention.keyOf(body)) }, body })),
    onSuccess: () => intention.done(),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
};

/** Takes a board down: its token is over at once. */
export const useRevokeKiosk = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answered(api.DELETE('/api/admin/kiosks/{id}', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
};
