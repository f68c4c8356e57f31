import { useRef } from 'react';
import { newKey } from '../api/client';

/**
 * The key of what a person is about to do: the same as long as the same is sent, so that a request whose answer was lost
 * changes nothing twice; another one for anything else, and after it was answered.
 */
export const useIntention = () => {
  const kept = useRef({ text: '', key: '' });
  return {
    keyOf: (sent: unknown): string => {
      const text = JSON.stringify(sent) ?? '';
      if (kept.current.key === '' || kept.current.text !== text) kept.current = { text, key: newKey() };
      return kept.current.key;
    },
    done: (): void => {
      kept.current = { text: '', key: '' };
    },
  };
};
