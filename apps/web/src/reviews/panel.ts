import { type ComponentType } from 'react';
import { type Review } from '../api/types';

/** What a part of a panel is given; contents are of the gate's schemas, as the panel's process knows them. */
export interface PanelPart<Content> {
  readonly review: Review;
  readonly content: Content;
  readonly onChange: (content: Content) => void;
}

/** An earlier or later review of the same gate of a case; its content only where it was signed. */
export interface Round<Content> {
  readonly reviewId: string;
  readonly round: number;
  readonly state: string;
  readonly openedAt: string;
  readonly signed: { readonly by: string; readonly at: string; readonly content: Content } | null;
}

/**
 * What a process gives the review shell for one of its gates; the shell knows no process. Own forms and texts are the
 * panel's, everything else (claim, draft label, reasons, signing, conflicts, history) the shell's.
 */
export interface Panel<Content = never> {
  /** What lies before the person: facts of the case and what the rules say of them. */
  readonly Sources: ComponentType<{ readonly review: Review }>;
  /** The person's own value: what they judge, and what they sign. */
  readonly Form: ComponentType<PanelPart<Content>>;
  /** The draft beside it; only ever given a review that shows one. */
  readonly Draft: ComponentType<PanelPart<Content>>;
  /** One line of a content, for history and lists. */
  readonly Line: ComponentType<{ readonly content: unknown }>;
  /** The value of one field of the form, for comparing. */
  readonly Value: ComponentType<{ readonly field: string; readonly value: unknown }>;
  /** The fields of the form, in the order of the form. */
  readonly fields: readonly string[];
  /** The text key of the name of a field of the form or of the draft. */
  readonly nameOf: (field: string) => string;
  /** The form before anything was entered: never the draft. */
  readonly blank: (review: Review) => Content;
  /** The form of something that was kept, judged or signed. */
  readonly formOf: (content: unknown) => Content;
  /** What is stored as the person's own judgement; null while the form does not say it yet. */
  readonly judgementOf: (content: Content) => unknown;
  /** What is signed; null while the form does not say it yet. */
  readonly contentOf: (content: Content) => unknown;
  /** Whether signing this needs a reason: it differs from the draft or the own judgement, or is below the floor. */
  readonly needsReason: (review: Review, content: Content) => boolean;
  /** Whether this is the draft as it was shown, so that signing approves it. */
  readonly isDraft: (review: Review, content: Content) => boolean;
  /** What the draft says in the fields of the form; null where none is shown. */
  readonly drafted: (review: Review) => Partial<Content> | null;
  /** What the rules say in the fields of the form; null where they say nothing. */
  readonly ruled: (review: Review) => Partial<Content> | null;
  /** The other rounds of the case, newest first; a hook. */
  readonly useRounds: (review: Review) => readonly Round<Content>[];
}

/** A panel with its contents forgotten: how the registry keeps it. */
export type AnyPanel = Panel<object>;

/** Registers a panel. */
export const panelOf = <Content extends object>(panel: Panel<Content>): AnyPanel => panel as unknown as AnyPanel;
