import { type Done } from '../../api/types';

type Moved = Done<'/api/triage/cases/{id}/moves'>;

/* What the person of this tab moved last: a name would not survive a sign-out, and only an id and a version are kept. */
let last: Pick<Moved, 'caseId' | 'version' | 'moveId'> | null = null;

/** Remembers a move, so that Ctrl+Z takes it back. */
export const rememberMove = ({ caseId, version, moveId }: Moved): void => {
  last = { caseId, version, moveId };
};

/** The move to take back, once: it is forgotten with the asking. */
export const takeLastMove = (): typeof last => {
  const taken = last;
  last = null;
  return taken;
};

/** Forgets a move that was taken back from the message that told of it; a later one stays. */
export const forgetMove = (moveId: string): void => {
  if (last?.moveId === moveId) last = null;
};
