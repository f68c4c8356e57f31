import { z } from 'zod';
import { hardRules } from './hard-rules';
import { softRules } from './soft-costs';
import { wardSchema } from './ward.contract';

const text = z.object({ zh: z.string(), en: z.string() });
const texts = z.object({ zh: z.array(z.string()), en: z.array(z.string()) });
const rule = z.enum(hardRules);
const points = z.number().min(0);

/** Who goes where and when; `hour` is from now. */
const placement = z.object({ person: z.string(), bed: z.string(), hour: z.number().min(0), at: z.iso.datetime() });

/** A bed for a person with everything that speaks against it. */
const ranked = z.object({
  ...placement.shape,
  violations: z.array(z.object({ rule, why: z.string(), with: z.array(z.string()), text })),
  costs: z.record(z.enum(softRules), points),
  total: points,
  lines: texts,
});

const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cleaning'), bed: z.string(), by: z.iso.datetime(), text }),
  z.object({ kind: z.literal('move'), person: z.string(), bed: z.string(), at: z.iso.datetime(), text }),
  z.object({ kind: z.literal('discharge'), person: z.string(), at: z.iso.datetime(), hoursEarlier: points, text }),
  z.object({ kind: z.literal('exception'), bed: z.string(), rule, text }),
]);

/** What the optimiser answers for a house: a plan, the top three beds of each request, and who has none and why. */
export const wardAnswerSchema = z.object({
  plan: z.array(ranked).describe('Requests with a bed, and patients in house who are moved.'),
  ranking: z
    .array(z.object({ request: z.string(), beds: z.array(ranked) }))
    .describe('Best first, on top of the plan.'),
  unplaced: z
    .array(
      z.object({
        request: z.string(),
        binding: z.array(z.object({ rule, beds: z.int().min(1) })),
        changes: z.array(change),
        after: placement.optional(),
        lines: texts,
      }),
    )
    .describe('The most pressing first, each with the smallest change with which it has a bed.'),
  totals: z.object({
    requests: z.int().min(0),
    placed: z.int().min(0),
    unplaced: z.int().min(0),
    moved: z.int().min(0).describe('Patients in house.'),
    soft: points,
    unplacedPrice: points,
    cost: points,
  }),
  bound: points.optional().describe('No plan costs less, as far as is proven.'),
  gapPercent: points.optional(),
});

export type WardAnswer = z.infer<typeof wardAnswerSchema>;

/** JSON schemas of what the operational problem reads and writes. */
export const wardJsonSchema = (): Record<string, unknown> => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Operational bed problem',
  description: 'A house as it stands and who asks for a bed in the hours to come (input), and the answer (output).',
  $defs: {
    input: z.toJSONSchema(wardSchema, { io: 'input' }),
    output: z.toJSONSchema(wardAnswerSchema),
  },
  $ref: '#/$defs/input',
});
