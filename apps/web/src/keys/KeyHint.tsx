import { usePreferences } from '../preferences/preferences';
import { hintOf, shortcutOf, type ShortcutId } from './registry';

/** The keys of a shortcut on its button; nothing where the person switched shortcuts off. */
export const KeyHint = ({ of }: { readonly of: ShortcutId }) => {
  const { keyboard } = usePreferences();
  if (!keyboard.enabled) return null;
  return (
    <kbd className="keys" aria-hidden>
      {hintOf(keyboard.remaps[of] ?? shortcutOf(of).keys)}
    </kbd>
  );
};
