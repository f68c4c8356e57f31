import { type Session } from '../../api/types';

/** Why somebody may not approve a version: no clinical lead of the whole hospital, or its own editor; null when they may. */
export const approverFault = (
  { user, grants }: Pick<Session, 'user' | 'grants'>,
  { editedBy }: { readonly editedBy: string },
): 'role' | 'own' | null => {
  const leads = grants.some(({ role, wardId }) => role === 'clinical_lead' && wardId === null);
  if (!leads) return 'role';
  return user.id === editedBy ? 'own' : null;
};
