import { triagePanel } from '../triage/acuity/triage.panel';
import { type AnyPanel, panelOf } from './panel';

/** The panels by process and step. A gate without one gets its form from its schema. */
const panels: Readonly<Record<string, AnyPanel>> = {
  'triage/acuity': panelOf(triagePanel),
};

/** The panel of a review; null when its process brings none. */
export const panelFor = ({ process, step }: { readonly process: string; readonly step: string }): AnyPanel | null =>
  panels[`${process}/${step}`] ?? null;
