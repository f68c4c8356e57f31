import { existsSync, readFileSync } from 'node:fs';
import { type AnyConfig } from '#libs/config/config';
import { modelAddressRule } from '#libs/config/rules';
import { createModelEndpoint, type ModelEndpoint } from '#libs/llm/endpoint';
import { type CapabilityProfile } from '#libs/llm/profile';
import { fail, type Finding, ok, warn } from './finding';

const manual = 'people decide without drafts meanwhile; ';

/** Whether the model answers, and what it can do. A model that is away is a normal state: never a failure by itself. */
export const examineModel = async ({ model }: AnyConfig): Promise<Finding[]> => {
  const { baseUrl, model: name } = model;
  if (baseUrl === undefined || name === undefined)
    return [fail('model', 'no DEEPSEEK_BASE_URL or DEEPSEEK_MODEL', 'set both, or start the demo: npm start')];
  const { caFile, apiKey, ...rest } = model;
  if (caFile !== undefined && !existsSync(caFile))
    return [
      fail('model', 'not asked: the file of DEEPSEEK_CA_FILE is not there', 'put the authority’s certificate there'),
    ];
  const ca = caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') };
  const endpoint = createModelEndpoint({ ...rest, ...ca, baseUrl, model: name, apiKey: apiKey ?? null });
  try {
    return await probed(endpoint, name);
  } finally {
    await endpoint.close();
  }
};

const probed = async (endpoint: ModelEndpoint, name: string): Promise<Finding[]> => {
  const { refused, origin, rehearsal } = endpoint.status();
  if (refused !== null) return [elsewhere(refused)];
  const outcome = await endpoint.probe(AbortSignal.timeout(30_000));
  if (!outcome.ok && outcome.code === 'EGRESS_REFUSED') return [elsewhere(outcome.reason)];
  if (!outcome.ok)
    return [
      warn('model', `${name} at ${origin} does not answer: ${outcome.reason}`, `${manual}check address, key and name`),
    ];
  const label = rehearsal
    ? [warn('model', 'this is the rehearsal model: it drafts from rules', 'connect DeepSeek by DEEPSEEK_BASE_URL')]
    : [];
  return [ok('model', `${name} at ${origin}: ${abilities(outcome.profile)}`), ...label];
};

const elsewhere = (reason: string): Finding =>
  fail('model', `the address may not be reached: ${reason}`, modelAddressRule.en);

/** What the probe found, in words. */
export const abilities = (profile: CapabilityProfile): string => {
  const { structuredMode, structuredModeProven, reasoningField, thinkingSwitch, contextSize, models } = profile;
  return [
    `structured output by ${structuredMode}${structuredModeProven ? '' : ' (not proven)'}`,
    reasoningField === null ? 'does not think aloud' : `thinks in ${reasoningField}`,
    ...(thinkingSwitch === null ? [] : [`thinking is switched by ${thinkingSwitch}`]),
    ...(contextSize === null ? [] : [`context of ${contextSize} tokens`]),
    ...(models === 'not-listed' ? ['the endpoint does not list this model'] : []),
  ].join(', ');
};
