import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answered, api, once } from '../../api/client';
import { type Sent, type Shown } from '../../api/types';
import { useIntention } from '../use-intention';
import { usePages } from '../use-pages';

/** A machine's account, never its token. */
export type ServiceAccount = Shown<'/api/admin/service-accounts'>['items'][number];
export type NewServiceAccount = Sent<'/api/admin/service-accounts'>;

const queryKey = ['service-accounts'] as const;

/** The accounts of machines. */
export const useServiceAccounts = () =>
  usePages(queryKey, (cursor) => answered(api.GET('/api/admin/service-accounts', { params: { query: { cursor } } })));

/** Adds an account; answers the token that is shown once. */
export const useAddServiceAccount = () => {
  const client = useQueryClient();
  const intention = useIntention();
  return useMutation({
    mutationFn: (body: NewServiceAccount) =>
      answered(api.POST('/api/admin/service-accounts', { params: { header: once(intention.keyOf(body)) }, body })),
    onSuccess: () => intention.done(),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
};

/** Ends an account's token for good. */
export const useRevokeServiceAccount = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answered(api.DELETE('/api/admin/service-accounts/{id}', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
};
