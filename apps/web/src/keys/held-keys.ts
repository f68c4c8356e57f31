import { betweenMs } from './scanner';

/** Keys that are kept from the page until it is known whether a scanner typed them. */
export interface HeldKeys {
  hold(event: KeyboardEvent): void;
  /** Hands what is held to where it was going. */
  release(): void;
  drop(): void;
}

/* A timer may fire a little early by the clock of the events. */
const graceMs = 10;

const press = (event: KeyboardEvent, type: 'keydown' | 'keyup'): KeyboardEvent =>
  new KeyboardEvent(type, {
    key: event.key,
    code: event.code,
    shiftKey: event.shiftKey,
    bubbles: true,
    cancelable: true,
    composed: true,
  });

/** Holds keys; `pass` is told of those that it hands on, so that nobody holds them again. */
export const holdKeys = (pass: (event: KeyboardEvent) => void): HeldKeys => {
  let held: KeyboardEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const drop = (): void => {
    clearTimeout(timer);
    held = [];
  };
  const release = (): void => {
    const going = held;
    drop();
    for (const event of going) {
      const down = press(event, 'keydown');
      pass(down);
      event.target?.dispatchEvent(down);
      event.target?.dispatchEvent(press(event, 'keyup'));
    }
  };
  return {
    hold: (event) => {
      event.preventDefault();
      event.stopPropagation();
      held.push(event);
      clearTimeout(timer);
      timer = setTimeout(release, betweenMs + graceMs);
    },
    release,
    drop,
  };
};
