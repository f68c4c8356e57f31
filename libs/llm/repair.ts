import { type FailureReason, type RawAnswer, type RepairKind } from './outcome';
import { readJson } from './strict-json';

/** A JSON value found in an answer and what was changed to find it. */
export type Found = { ok: true; value: unknown; repairs: readonly RepairKind[] } | { ok: false; reason: FailureReason };

const FENCED = /^```(?:json|JSON)?[ \t]*\r?\n([\s\S]*?)\r?\n?```$/;
const OPEN = '<think>';
const CLOSE = '</think>';

/** The text behind the thinking, with or without its opening tag; null where the thinking never ended. */
const behindThinking = (text: string): string | null => {
  const close = text.lastIndexOf(CLOSE);
  if (text.lastIndexOf(OPEN) > close) return null;
  return close === -1 ? text : text.slice(close + CLOSE.length);
};

const withoutFence = (text: string): string => FENCED.exec(text)?.[1] ?? text;

/** The one deterministic repair pass over a text that is not JSON as it stands. */
const repairPass = (text: string, already: readonly RepairKind[]): Found => {
  const repairs: RepairKind[] = [...already];
  const spoken = behindThinking(text)?.trim();
  if (spoken === undefined) return { ok: false, reason: 'think-unclosed' };
  if (spoken !== text) repairs.push('think-block');
  const bare = withoutFence(spoken).trim();
  if (bare !== spoken) repairs.push('code-fence');
  if (bare === '') return { ok: false, reason: 'empty' };
  const reading = readJson(bare, { trailingCommas: true });
  if (!reading.ok) return { ok: false, reason: reading.fault };
  if (reading.trailingCommas > 0) repairs.push('trailing-comma');
  return { ok: true, value: reading.value, repairs };
};

/**
 * Finds the one JSON value of an answer: strictly, else after one repair pass. The reasoning is looked at only where
 * the content is empty, must as a whole be the JSON, and counts as a repair; it is never content.
 */
export const findJson = ({ content, reasoning }: RawAnswer): Found => {
  const spoken = content.trim();
  const source = spoken === '' ? reasoning.trim() : spoken;
  if (source === '') return { ok: false, reason: 'empty' };
  const already: RepairKind[] = spoken === '' ? ['json-in-reasoning'] : [];
  const strict = readJson(source);
  if (strict.ok) return { ok: true, value: strict.value, repairs: already };
  const repaired =
    strict.fault === 'syntax' ? repairPass(source, already) : { ok: false as const, reason: strict.fault };
  if (!repaired.ok && spoken === '') return { ok: false, reason: 'empty' };
  return repaired;
};
