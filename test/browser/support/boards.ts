import { done } from '#libs/api-client/door';
import { wardOf } from '../../../apps/cli/src/seed/desk';
import { doorOf } from './desk';

/** A board of the triage desk. */
export interface BoardUp {
  /** What to open on its screen. */
  readonly path: string;
  /** Its token is over. */
  readonly takeDown: () => Promise<void>;
}

/** Puts up a board as the system administrator does. */
export const boardUp = async (kind: 'public-queue' | 'staff-wallboard'): Promise<BoardUp> => {
  const door = await doorOf('sysadmin');
  try {
    const wardId = await wardOf(door, 'EDTR');
    const name = `${kind} ${Date.now()}`;
    const body = kind === 'public-queue' ? ({ kind, names: 'masked', name, wardId } as const) : { kind, name, wardId };
    const { id, token } = done(await door.ask('post', '/api/admin/kiosks', { body }));
    return { path: `/kiosk.html#${token}`, takeDown: () => takeDown(id) };
  } finally {
    await door.close();
  }
};

const takeDown = async (id: string): Promise<void> => {
  const door = await doorOf('sysadmin');
  try {
    done(await door.ask('delete', '/api/admin/kiosks/{id}', { path: { id } }));
  } finally {
    await door.close();
  }
};
