import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answered, api, once } from '../../api/client';
import { type Sent, type Shown } from '../../api/types';
import { useIntention } from '../use-intention';
import { usePages } from '../use-pages';

/** A person as the security administrator sees them. */
export type User = Shown<'/api/admin/users'>['items'][number];
export type Grant = User['grants'][number];
export type NewGrant = Sent<'/api/admin/users/{id}/grants'>;

/** The people of the hospital; all of them once somebody searches. */
export const useUsers = (all: boolean) =>
  usePages(['users'], (cursor) => answered(api.GET('/api/admin/users', { params: { query: { cursor } } })), { all });

const useChange = <V, T>(change: (value: V) => Promise<T>) => {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: ['users'] }) });
};

/** Adds a person without roles; answers the password that is shown once. */
export const useAddUser = () => {
  const intention = useIntention();
  return useChange(async (body: Sent<'/api/admin/users'>) => {
    const made = await answered(
      api.POST('/api/admin/users', { params: { header: once(intention.keyOf(body)) }, body }),
    );
    intention.done();
    return made;
  });
};

/** Gives a person a new password and ends their sessions. */
export const useResetPassword = () => {
  const intention = useIntention();
  return useChange(async (id: string) => {
    const header = once(intention.keyOf(id));
    const made = await answered(api.POST('/api/admin/users/{id}/password', { params: { path: { id }, header } }));
    intention.done();
    return made;
  });
};

/** Keeps a person out, or lets them in again. */
export const useSetDisabled = () =>
  useChange(({ id, disabled }: { readonly id: string; readonly disabled: boolean }) => {
    const params = { path: { id } };
    return answered(
      disabled
        ? api.POST('/api/admin/users/{id}/disable', { params })
        : api.POST('/api/admin/users/{id}/enable', { params }),
    );
  });

/** Gives a person a role on a ward or on all. */
export const useGrantRole = (id: string) => {
  const intention = useIntention();
  return useChange(async (body: NewGrant) => {
    const header = once(intention.keyOf(body));
    const made = await answered(api.POST('/api/admin/users/{id}/grants', { params: { path: { id }, header }, body }));
    intention.done();
    return made;
  });
};

/** Takes a role from a person. */
export const useRevokeRole = () =>
  useChange(({ id, grantId }: { readonly id: string; readonly grantId: string }) =>
    answered(api.DELETE('/api/admin/users/{id}/grants/{grantId}', { params: { path: { id, grantId } } })),
  );
