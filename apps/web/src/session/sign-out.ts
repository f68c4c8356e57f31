import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answered, api } from '../api/client';
import { isProblem } from '../api/problem';
import { forgetForms } from '../forms/kept-form';
import { changeSession } from './session';

/** Ends the session and forgets everything that this browser kept of it. */
export const useSignOut = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      try {
        await answered(api.POST('/api/auth/logout'));
      } catch (thrown) {
        if (!isProblem(thrown, 'UNAUTHENTICATED')) throw thrown;
      }
      await forgetForms();
    },
    onSuccess: () => changeSession(client, null),
  });
};
