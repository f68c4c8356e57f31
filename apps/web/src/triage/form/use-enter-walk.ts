import { type KeyboardEvent } from 'react';
import { nextStop } from './enter-walk';

const fields = 'input, select, textarea, button[data-walk]';

const stopsIn = (form: HTMLElement): HTMLInputElement[] =>
  [...form.querySelectorAll<HTMLInputElement>(fields)].filter(
    (one) => !one.disabled && !one.hidden && one.offsetParent !== null,
  );

/**
 * Enter goes to the next field, Shift+Enter to the one before, as nurses are used to: out of selects and radios too, never
 * while Chinese input is being composed. Enter on a button stays a click. What handled the key itself is left alone.
 */
export const walkOnEnter = (event: KeyboardEvent<HTMLElement>): void => {
  const { key, nativeEvent, target, currentTarget } = event;
  if (key !== 'Enter' || nativeEvent.isComposing || event.defaultPrevented) return;
  if (event.ctrlKey || event.altKey || event.metaKey || target instanceof HTMLButtonElement) return;
  const stops = stopsIn(currentTarget);
  const at = stops.indexOf(target as HTMLInputElement);
  if (at === -1) return;
  event.preventDefault();
  const seen = stops.map(({ type, name, checked }) => ({ group: type === 'radio' ? name : null, checked }));
  const next = stops[nextStop(seen, at, event.shiftKey)];
  next?.focus();
  if (next instanceof HTMLInputElement && next.type === 'text') next.select();
};
