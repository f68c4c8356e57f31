import { z } from 'zod';
import { gateContracts } from '#libs/processes/index';
import { checkBy } from './check';
import { blankEntry, contentOf, type Entry, entryOf } from './entry';
import { formSpec, type JsonSchema } from './field-spec';

const item = z.strictObject({ name: z.string().min(1).max(20), dose: z.number().min(0).max(10) });
const schema = z.strictObject({
  urgency: z.enum(['now', 'today']),
  grade: z.union([z.literal(1), z.literal(2)]),
  oxygen: z.number().min(0).max(15).nullable(),
  minutes: z.int().min(1).max(120),
  monitored: z.boolean(),
  reason: z.string().min(3).max(10),
  note: z.string().max(5).default(''),
  by: z.strictObject({ route: z.string().min(1) }),
  medicines: z.array(item).min(1).max(2),
  companions: z.array(z.enum(['nurse', 'family'])).optional(),
  day: z.iso.date().optional(),
});
const json = z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
const spec = formSpec(json);
const check = checkBy(json);

const filled: Entry = {
  urgency: 'now',
  grade: '2',
  oxygen: '',
  minutes: ' 12 ',
  monitored: false,
  reason: ' because ',
  note: '',
  by: { route: 'lift' },
  medicines: [{ name: 'x', dose: '0.5' }],
  companions: ['nurse'],
  day: '2026-11-23',
};
const faultsOf = (change: Entry) => {
  const checked = check(contentOf(spec, { ...filled, ...change }));
  return checked.fits ? {} : checked.faults;
};

describe('the form of a schema', () => {
  it('has a field of the right kind for every part of it', () => {
    expect(spec.fields.map(({ kind }) => kind)).toEqual(
      'choice choice number number flag text text group list list text'.split(' '),
    );
    expect(spec.fields.map(({ required, nullable }) => required && !nullable)).toEqual([
      true,
      true,
      false,
      true,
      true,
      true,
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it('begins with what the schema says, and with nothing chosen', () => {
    expect(blankEntry(spec)).toEqual({
      urgency: '',
      grade: '',
      oxygen: '',
      minutes: '',
      monitored: '',
      reason: '',
      note: '',
      by: { route: '' },
      medicines: [{ name: '', dose: '' }],
      companions: [],
      day: '',
    });
  });

  it('gives the content that the schema of the API takes, and takes it back unchanged', () => {
    const checked = check(contentOf(spec, filled));
    expect(checked).toEqual({ fits: true, content: expect.any(Object) });
    const content = checked.fits ? checked.content : null;
    expect(content).toEqual({
      urgency: 'now',
      grade: 2,
      oxygen: null,
      minutes: 12,
      monitored: false,
      reason: 'because',
      note: '',
      by: { route: 'lift' },
      medicines: [{ name: 'x', dose: 0.5 }],
      companions: ['nurse'],
      day: '2026-11-23',
    });
    expect(schema.parse(content)).toEqual(content);
    expect(check(contentOf(spec, entryOf(spec, content)))).toEqual(checked);
  });

  it('leaves fields empty that something kept does not fit', () => {
    expect(entryOf(spec, { urgency: { a: 1 }, medicines: 'none', monitored: 'yes', extra: 1 })).toMatchObject({
      urgency: '',
      monitored: '',
      medicines: [{ name: '', dose: '' }],
    });
    expect(entryOf(spec, null)).toEqual(entryOf(spec, {}));
  });

  it.each<[Entry, object]>([
    [{ urgency: '' }, { urgency: { code: 'required' } }],
    [{ monitored: '' }, { monitored: { code: 'required' } }],
    [{ reason: '' }, { reason: { code: 'required' } }],
    [{ reason: 'no' }, { reason: { code: 'short', bound: 3 } }],
    [{ note: 'longer than five' }, { note: { code: 'long', bound: 5 } }],
    [{ minutes: 'ten' }, { minutes: { code: 'number' } }],
    [{ minutes: '1.5' }, { minutes: { code: 'number' } }],
    [{ minutes: '0' }, { minutes: { code: 'small', bound: 1 } }],
    [{ oxygen: '16' }, { oxygen: { code: 'big', bound: 15 } }],
    [{ oxygen: 'much' }, { oxygen: { code: 'number' } }],
    [{ by: { route: '' } }, { 'by.route': { code: 'required' } }],
    [{ medicines: [] }, { medicines: { code: 'few', bound: 1 } }],
    [{ medicines: [{ name: 'x', dose: '11' }] }, { 'medicines.0.dose': { code: 'big', bound: 10 } }],
    [{ day: 'tomorrow' }, { day: { code: 'form' } }],
  ])('says at the field what is wrong: %j', (change, faults) => {
    expect(faultsOf(change)).toEqual(faults);
  });

  it('is refused for what no field stands for: such a process needs a panel', () => {
    for (const odd of [z.record(z.string(), z.string()), z.iso.datetime(), z.array(z.array(z.string()))])
      expect(() => formSpec(z.toJSONSchema(z.strictObject({ odd }), { io: 'input' }) as JsonSchema)).toThrow('odd');
  });

  it.each(
    gateContracts.map(({ gate, schemas, examples }) => [`${gate.process}/${gate.step}`, schemas, examples] as const),
  )('could be drawn for the gate %s, whose own judgement is part of what is signed', (_, schemas, examples) => {
    const content = z.toJSONSchema(schemas.content, { io: 'input' }) as JsonSchema;
    const judgement = z.toJSONSchema(schemas.judgement, { io: 'input' }) as JsonSchema;
    const form = formSpec(content);
    for (const example of [examples.content, examples.otherContent])
      expect(checkBy(content)(contentOf(form, entryOf(form, example)))).toEqual({ fits: true, content: example });
    expect(Object.keys(content.properties ?? {})).toEqual(
      expect.arrayContaining(Object.keys(judgement.properties ?? {})),
    );
  });
});
