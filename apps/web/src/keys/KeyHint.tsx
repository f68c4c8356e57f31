import { usePreferences } from '../preferences/preferences';
import { keysOf } from './remap';
import { hintOf, type ShortcutId } from './registry';

/** The keys of a shortcut on its button; nothing where the person switched shortcuts off. */
export const KeyHint = ({ of }: { readonly of: ShortcutId }) => {
  const { keyboard } = usePreferences();
  if (!keyboard.shortcuts) return null;
  return (
    <kbd className="keys" aria-hidden>
      {hintOf(keysOf(of, keyboard.remaps))}
    </kbd>
  );
};
