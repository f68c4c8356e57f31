import { useHotkeys } from 'react-hotkeys-hook';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { keysOf } from './remap';
import { shortcutOf, type ShortcutId } from './registry';

/**
 * Does something at a shortcut while it stands on the screen. Not while a dialog is open over it, not during the
 * composition of Chinese input, not while the session is locked, and not where the person switched shortcuts off or moved them.
 */
export const useShortcut = (id: ShortcutId, act: () => void, { enabled = true }: { enabled?: boolean } = {}): void => {
  const { keyboard } = usePreferences();
  const { locked } = useSession();
  const { whileTyping, scope } = shortcutOf(id);
  const keys = keysOf(id, keyboard.remaps);
  useHotkeys(keys, act, {
    enabled: enabled && keyboard.shortcuts && !locked,
    preventDefault: true,
    enableOnFormTags: whileTyping === true,
    enableOnContentEditable: whileTyping === true,
    // `?` is another key on every keyboard; what it writes is the same everywhere.
    useKey: keys === '/' || keys === 'shift+?',
    ignoreEventWhen: (event) => event.isComposing || (scope !== 'everywhere' && underDialog(event.target)),
  });
};

const underDialog = (target: EventTarget | null): boolean => {
  const dialog = document.querySelector('[role="dialog"][aria-modal="true"]:not([hidden])');
  return dialog !== null && !(target instanceof Node && dialog.contains(target) && dialog.hasAttribute('data-keys'));
};
