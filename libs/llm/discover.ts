import { z } from 'zod';
import { type GuardedFetch } from './guarded-fetch';
import { type CapabilityProfile } from './profile';

/** What the endpoint says about itself without a completion. */
export type Discovery = Pick<CapabilityProfile, 'models' | 'contextSize' | 'healthPath'>;

/** Where to look; `signal` bounds the whole. */
export interface DiscoverOptions {
  baseUrl: string;
  model: string;
  apiKey: string | null;
  guarded: GuardedFetch;
  signal: AbortSignal;
}

const HEALTH_PATHS = ['/health', '/healthz', '/ping'];

const modelSchema = z.object({
  id: z.string(),
  /** vLLM and SGLang say it under this name. */
  max_model_len: z.number().int().positive().nullish().catch(null),
  context_length: z.number().int().positive().nullish().catch(null),
});
const modelsSchema = z.object({ data: z.array(modelSchema) });

const get = async (url: string, { apiKey, guarded, signal }: DiscoverOptions): Promise<Response | null> => {
  try {
    const headers: Record<string, string> = apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
    const response = await guarded.fetch(url, { method: 'GET', headers, signal });
    return response.ok ? response : null;
  } catch {
    return null; // not offered, or the endpoint is down: the completion that follows says which
  }
};

const discard = async (response: Response | null): Promise<boolean> => {
  await response?.body?.cancel();
  return response !== null;
};

const readModels = async (response: Response | null): Promise<z.infer<typeof modelsSchema> | null> => {
  if (response === null) return null;
  const parsed = modelsSchema.safeParse(await response.json().catch(() => null));
  return parsed.success ? parsed.data : null;
};

const discoverModels = async (options: DiscoverOptions): Promise<Omit<Discovery, 'healthPath'>> => {
  const models = await readModels(await get(`${options.baseUrl.replace(/\/+$/, '')}/models`, options));
  if (models === null) return { models: 'unavailable', contextSize: null };
  const own = models.data.find(({ id }) => id === options.model);
  if (own === undefined) return { models: 'not-listed', contextSize: null };
  return { models: 'listed', contextSize: own.max_model_len ?? own.context_length ?? null };
};

const discoverHealth = async (options: DiscoverOptions): Promise<string | null> => {
  const { origin } = new URL(options.baseUrl);
  for (const path of HEALTH_PATHS) {
    if (await discard(await get(`${origin}${path}`, options))) return path;
  }
  return null;
};

/** Asks for models and health; whatever is not offered is noted as such. */
export const discover = async (options: DiscoverOptions): Promise<Discovery> => ({
  ...(await discoverModels(options)),
  healthPath: await discoverHealth(options),
});
