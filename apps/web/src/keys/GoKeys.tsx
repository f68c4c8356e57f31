import { useNavigate } from 'react-router';
import { screensOf } from '../app/screens';
import { useSession } from '../session/session';
import { type ShortcutId } from './registry';
import { useShortcut } from './use-shortcut';

const ways = [
  ['go.queue', '/queue'],
  ['go.reviews', '/reviews'],
  ['go.intake', '/intake'],
] as const satisfies readonly (readonly [ShortcutId, string])[];

/** The shortcuts that lead to a screen, for whom it is offered. */
export const GoKeys = () => {
  const offered = screensOf(useSession());
  return ways
    .filter(([, to]) => offered.some(({ path }) => path === to))
    .map(([id, to]) => <GoKey key={id} id={id} to={to} />);
};

const GoKey = ({ id, to }: { readonly id: ShortcutId; readonly to: string }) => {
  const navigate = useNavigate();
  useShortcut(id, () => void navigate(to));
  return null;
};
