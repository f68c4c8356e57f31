import type { Say } from '#libs/embedded/start-error';
import type { StateFolder } from '#libs/embedded/state-folder';
import type { SupervisedPart, SuperviseOptions } from '#libs/embedded/supervise';
import { childEnvironment, type Findings } from './environment';
import type { StartOptions } from './start-options';

/** An installation while it is built up: what runs already, and what was found for the children. */
export interface Site {
  readonly options: StartOptions;
  readonly state: StateFolder;
  readonly root: string;
  readonly say: Say;
  readonly supervision: SuperviseOptions;
  /** Every part from before its first start on, the latest of each name. */
  readonly parts: Map<string, SupervisedPart>;
  findings: Findings;
}

/** Adds what was found for the children. */
export const found = (site: Site, findings: Findings): void => {
  site.findings = { ...site.findings, ...findings };
};

/** The environment of a child as of now. */
export const environmentOf = (site: Site, more: Readonly<Record<string, string>> = {}): Record<string, string> =>
  childEnvironment(site.options.env, site.findings, { ...site.options.childEnv, ...more });
