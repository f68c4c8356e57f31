import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type AnyConfig } from '#libs/config/config';
import { formatConfigErrors } from '#libs/config/config-error';
import { loadConfig } from '#libs/config/load-config';
import { embeddedParts, profileOf } from '../../start/environment';
import { type Env } from '../../start/start-options';
import { stateFolderOf } from '../../start/start.command';
import { installationEnvironment } from '../installation-environment';
import { examineCertificates } from './certificates';
import { examineDatabase } from './database';
import { examineFeed } from './feed';
import { type Examine, examine, fail, type Finding, ok } from './finding';
import { examineApi, examineInstallation, supervisorOf } from './installation';
import { examineDisk, examineNode } from './machine';
import { examineModel } from './model';
import { examineTemporal, examineTemporalPrograms } from './temporal';

/** Looks at everything an installation needs, changes nothing, and answers what was found. */
export const examineAll = async (given: Env): Promise<Finding[]> => {
  const env = installationEnvironment(given);
  const loaded = loadConfig(env, { part: 'doctor' });
  if (!loaded.ok)
    return [
      ...examineNode(),
      fail('configuration', `not complete:\n${formatConfigErrors(loaded.errors)}`, 'the rest is looked at once it is'),
    ];
  const found = ok('configuration', `profile ${loaded.config.profile}`);
  return [...examineNode(), found, ...(await examine(checksOf(loaded.config, given)))];
};

/* What a start of ours embeds is looked at while it runs; everything else always. */
const checksOf = (config: AnyConfig, given: Env): Record<string, Examine> => {
  const demo = profileOf(given) === 'demo';
  const embedded = embeddedParts(given);
  const stateDir = stateFolderOf(given);
  const runs = supervisorOf(stateDir) !== null;
  const due = (isEmbedded: boolean): boolean => runs || !isEmbedded;
  return {
    disk: () => examineDisk(nearest(stateDir)),
    ...(demo && { installation: () => examineInstallation(stateDir) }),
    ...(embedded.temporal && { 'Temporal programs': () => examineTemporalPrograms(given, stateDir) }),
    certificates: () => examineCertificates(config),
    ...(due(embedded.database) && { PostgreSQL: () => examineDatabase(config) }),
    ...(due(embedded.temporal) && { Temporal: () => examineTemporal(config) }),
    ...(due(embedded.model) && { model: () => examineModel(config) }),
    API: () => examineApi(config, { due: runs || !demo }),
    ...(due(embedded.database) && { MLLP: () => examineFeed(config, { due: runs || !demo }) }),
  };
};

/** The folder, or the nearest one above it that is there. */
const nearest = (folder: string): string => (existsSync(folder) ? folder : nearest(dirname(folder)));
