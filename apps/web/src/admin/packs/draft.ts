import { type TriagePacks } from '#libs/packs/pack.types';
import { type PackFault, packFaults } from './pack-faults';
import { readJson } from './json-lines';

/** A set while it is edited: by its bands, or as text. */
export type Draft =
  { readonly mode: 'bands'; readonly packs: TriagePacks } | { readonly mode: 'json'; readonly text: string };

/** What an edited set says now; `brokenAt` is the line where a text stops being JSON. */
export interface DraftRead {
  readonly content: unknown;
  readonly faults: readonly PackFault[];
  readonly broken: boolean;
  readonly brokenAt: number | null;
  readonly lines: ReadonlyMap<string, number>;
}

/** A set to be edited by its bands; null where this release cannot read it. */
export const inBands = (packs: TriagePacks | null): Draft | null => packs && { mode: 'bands', packs };

/** A set to be edited as text. */
export const inJson = (content: unknown): Draft => ({ mode: 'json', text: JSON.stringify(content, null, 2) });

/** Reads what was edited so far. */
export const readDraft = (draft: Draft): DraftRead => {
  if (draft.mode === 'bands')
    return { content: draft.packs, faults: packFaults(draft.packs), broken: false, brokenAt: null, lines: new Map() };
  const { value, lines, brokenAt } = readJson(draft.text);
  const broken = brokenAt !== null;
  return { content: value, faults: broken ? [] : packFaults(value), broken, brokenAt, lines };
};
