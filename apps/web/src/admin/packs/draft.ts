import { type TriagePacks } from '#libs/packs/pack.types';
import { type PackFault, packFaults } from './pack-faults';
import { readJson } from './json-lines';
import { levelPacksOf } from './pack-edits';

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

/* A table that several ages share is edited once, so its faults are told once: where it first stands. */
const onceEach = (packs: TriagePacks): readonly PackFault[] => {
  const first = levelPacksOf(packs).map(({ path }) => `${path}.`);
  const inTable = /^(ageGroups\.\d+\.pack|additions\.\d+)\./;
  return packFaults(packs).filter(({ path }) => !inTable.test(path) || first.some((start) => path.startsWith(start)));
};

/** Reads what was edited so far. */
export const readDraft = (draft: Draft): DraftRead => {
  if (draft.mode === 'bands')
    return { content: draft.packs, faults: onceEach(draft.packs), broken: false, brokenAt: null, lines: new Map() };
  const { value, lines, brokenAt } = readJson(draft.text);
  const broken = brokenAt !== null;
  return { content: value, faults: broken ? [] : packFaults(value), broken, brokenAt, lines };
};
