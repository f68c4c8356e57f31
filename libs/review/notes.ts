/** Notes are numbered through all rounds of a review, up to this. */
export const mostNotes = 99;

/** What a draft says of the numbered notes in its prompt. A note in both lists, or in none, is not declared. */
export interface Declared {
  readonly addressed: readonly number[];
  readonly notAddressed: readonly number[];
}

/** A note of a person on a draft: about one of its fields, or (null) about the whole of it. */
export interface NoteOnDraft {
  readonly id: number;
  readonly field: string | null;
  /** The version it was written on; 0: there was none, and all of a first version counts as changed. */
  readonly onVersion: number;
}

/**
 * What became of a note in a later version. The model only claims; that something changed, the server finds by comparing
 * the version the note was written on with this one, in the note's field or in all.
 */
export const noteOutcomes = ['addressed', 'claimed-unchanged', 'not-addressed', 'not-declared'] as const;
export type NoteOutcome = (typeof noteOutcomes)[number];

/** The outcome of one note, and whether what it is about changed, whatever the model declared. */
export interface NoteAnswer {
  readonly id: number;
  readonly outcome: NoteOutcome;
  readonly changed: boolean;
}

/** What a version made of the notes, and the fields it changed although no note asked for it. */
export interface DraftAnswers {
  readonly notes: readonly NoteAnswer[];
  readonly collateral: readonly string[];
}

/** A new version beside what it answers; `differing(version)`: the fields in which it differs from an earlier version. */
export interface AnsweringDraft {
  readonly declared: Declared;
  /** Every note that was in the prompt. */
  readonly notes: readonly NoteOnDraft[];
  readonly differing: (version: number) => readonly string[];
  /** The version on offer before, with its answers; null when this is the first. */
  readonly before: { readonly version: number; readonly answers: readonly NoteAnswer[] } | null;
}

/**
 * Compares a new version with what was asked. A changed field counts as asked for when a note that the version before had
 * not addressed names it, or names none and so is about the whole draft; numbers that were never given are ignored.
 */
export const answersOf = ({ declared, notes, differing, before }: AnsweringDraft): DraftAnswers => {
  const answers = notes.map((note): NoteAnswer => {
    const fields = differing(note.onVersion);
    const changed = note.field === null ? fields.length > 0 : fields.includes(note.field);
    return { id: note.id, outcome: outcomeOf(declared, note.id, changed), changed };
  });
  if (before === null) return { notes: answers, collateral: [] };
  const settled = before.answers.filter(({ outcome }) => outcome === 'addressed').map(({ id }) => id);
  const asking = notes.filter(({ id }) => !settled.includes(id));
  const isAskedFor = (field: string): boolean => asking.some((note) => note.field === null || note.field === field);
  return { notes: answers, collateral: differing(before.version).filter((field) => !isAskedFor(field)) };
};

const outcomeOf = ({ addressed, notAddressed }: Declared, id: number, changed: boolean): NoteOutcome => {
  const claimed = addressed.includes(id);
  if (claimed === notAddressed.includes(id)) return 'not-declared';
  if (!claimed) return 'not-addressed';
  return changed ? 'addressed' : 'claimed-unchanged';
};
