import { createSecretKey, randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { SerializationContext } from '@temporalio/common/lib/converter/serialization-context';
import fc from 'fast-check';
import { createRing, type KeyRing, rotateRing, unwrapRing } from '#libs/crypto/key-ring';
import { isRejected } from '#libs/errors/rejected';
import { createPayloadCodec, type CodecOptions, type Rejection } from './payload-codec';

const kek = randomBytes(32);
const stored = createRing(kek, new Date('2026-01-01T00:00:00Z'));
const ring = unwrapRing(kek, stored);
const rotated = unwrapRing(kek, rotateRing(kek, stored, new Date('2026-02-01T00:00:00Z')));
const namespace = 'countersign';
const workflowId = 'triage:0195c1de-0000-7000-8000-000000000001';
const otherId = 'triage:0195c1de-0000-7000-8000-000000000002';
const canary = 'CANARY-李四-13800138000';

const workflow: SerializationContext = { type: 'workflow', namespace, workflowId };
const activity: SerializationContext = { type: 'activity', namespace, workflowId, activityId: '1', isLocal: false };
const local: SerializationContext = { ...activity, isLocal: true };

const alarmed: Rejection[] = [];
beforeEach(() => alarmed.splice(0));
const codecOf = (over: Partial<CodecOptions> = {}) =>
  createPayloadCodec({ ring, namespace, side: 'client', onRejected: (event) => alarmed.push(event), ...over });
const client = codecOf();
const worker = codecOf({ side: 'worker' });

const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value)!;
const valueOf = (payload: Payload): unknown => defaultPayloadConverter.fromPayload(payload);
const encoded = async (context = workflow, codec = client): Promise<Payload> =>
  (await codec.encode([payloadOf({ canary })], context))[0]!;
const altered = (payload: Payload, key: string, value: string): Payload => ({
  ...payload,
  metadata: { ...payload.metadata, [key]: Buffer.from(value) },
});

/** Refused everywhere: a throw for activities and clients, the marker for a workflow; an alarm each time; no data. */
const refusedEverywhere = async (payload: Payload, reason: Rejection['reason'], context = workflow): Promise<void> => {
  alarmed.splice(0);
  const asActivity: SerializationContext = {
    ...activity,
    namespace: context.namespace,
    workflowId: context.workflowId!,
  };
  for (const [codec, at] of [
    [client, context],
    [client, asActivity],
    [worker, asActivity],
  ] as const) {
    const thrown: unknown = await codec.decode([payload], at).then(
      () => 'it was decoded',
      (error: unknown) => error,
    );
    expect(thrown).toMatchObject({ code: 'PAYLOAD_REJECTED', detail: { reason } });
    expect(JSON.stringify(thrown) + String((thrown as Error).stack)).not.toContain('CANARY');
  }
  const [answer] = await worker.decode([payload], context);
  expect(isRejected(valueOf(answer!))).toBe(true);
  expect(Buffer.from(answer!.data!).toString()).toBe('{"countersign/rejected":true}');
  expect(alarmed.map((event) => event.reason)).toEqual([reason, reason, reason, reason]);
  expect(JSON.stringify(alarmed)).not.toContain('CANARY');
};

describe('the payload codec (P-3)', () => {
  it.each([
    ['workflow', workflow],
    ['activity', activity],
    ['local activity', local],
  ])('gives back what was encoded for a %s, on worker and client', async (_type, context) => {
    const values = [{ canary }, 'text', 7, null, undefined, true, new Uint8Array([1, 2, 3])];
    for (const codec of [client, worker]) {
      const back = await codec.decode(await codec.encode(values.map(payloadOf), context), context);
      expect(back.map(valueOf)).toEqual(values);
    }
    expect(alarmed).toEqual([]);
  });

  it('gives back any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const [back] = await worker.decode(await client.encode([payloadOf(value)], workflow), workflow);
        expect(valueOf(back!)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('shows only encoding, key id and workflow id, and two equal values differ', async () => {
    const [a, b] = [await encoded(), await encoded()];
    const shown = Object.entries(a.metadata!).map(([key, value]) => [key, Buffer.from(value).toString()]);
    expect(Object.fromEntries(shown)).toEqual({
      encoding: 'binary/encrypted',
      'encryption-key-id': ring.currentKeyId,
      'workflow-id': workflowId,
    });
    expect(Buffer.from(a.data!).includes('CANARY')).toBe(false);
    expect(Buffer.from(a.data!).includes('json/plain')).toBe(false);
    expect(Buffer.from(a.data!).equals(Buffer.from(b.data!))).toBe(false);
  });

  it('leaves an empty list alone, whatever the context', async () => {
    expect(await client.encode([])).toEqual([]);
    expect(await worker.decode([], workflow)).toEqual([]);
  });

  it.each<[string, SerializationContext | undefined]>([
    ['a context', undefined],
    ['a workflow id', { type: 'activity', namespace, isLocal: false }],
    ['its own namespace', { ...workflow, namespace: 'other' }],
  ])('does not encode without %s', async (_what, context) => {
    await expect(client.encode([payloadOf(canary)], context)).rejects.toMatchObject({ code: 'PAYLOAD_REJECTED' });
    await expect(worker.encode([payloadOf(canary)], context)).rejects.toMatchObject({ code: 'PAYLOAD_REJECTED' });
  });

  it('refuses a payload moved to another workflow', async () => {
    await refusedEverywhere(await encoded(), 'foreign-workflow', { ...workflow, workflowId: otherId });
  });

  it('refuses a payload moved to another workflow with its metadata rewritten', async () => {
    const moved = altered(await encoded(), 'workflow-id', otherId);
    await refusedEverywhere(moved, 'forged', { ...workflow, workflowId: otherId });
  });

  it('refuses a payload whose metadata names another workflow', async () => {
    await refusedEverywhere(altered(await encoded(), 'workflow-id', otherId), 'foreign-workflow');
  });

  it('refuses a payload of another namespace with the same keys and workflow id', async () => {
    const elsewhere = { ...workflow, namespace: 'other' };
    await refusedEverywhere(await encoded(elsewhere, codecOf({ namespace: 'other' })), 'forged');
  });

  it.each([
    [
      'json/plain',
      { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify({ canary })) },
    ],
    ['binary/null', { metadata: { encoding: Buffer.from('binary/null') } }],
    ['no metadata', { data: Buffer.from(canary) }],
    ['nothing', {}],
    [
      'an encoding in other letters',
      { metadata: { encoding: Buffer.from('BINARY/ENCRYPTED') }, data: Buffer.alloc(0) },
    ],
  ])('refuses an unencrypted payload: %s', async (_what, payload) => {
    await refusedEverywhere(payload, 'unencrypted');
  });

  it('refuses a payload whose encryption marker was stripped or exchanged', async () => {
    await refusedEverywhere(altered(await encoded(), 'encoding', 'json/plain'), 'unencrypted');
    await refusedEverywhere({ data: (await encoded()).data! }, 'unencrypted');
  });

  it('refuses a payload encrypted with a key of somebody else', async () => {
    const strange = unwrapRing(kek, createRing(kek, new Date()));
    await refusedEverywhere(await encoded(workflow, codecOf({ ring: strange })), 'unknown-key');
    const lying: KeyRing = {
      ...strange,
      currentKeyId: ring.currentKeyId,
      subKey: () => createSecretKey(randomBytes(32)),
    };
    await refusedEverywhere(await encoded(workflow, codecOf({ ring: lying })), 'forged');
  });

  it('does not repeat what stands in place of a key id', async () => {
    await refusedEverywhere(altered(await encoded(), 'encryption-key-id', canary), 'unknown-key');
    expect(alarmed.every((event) => event.keyId === undefined)).toBe(true);
  });

  it('refuses every flipped byte and every cut tag', async () => {
    const payload = await encoded();
    const data = Buffer.from(payload.data!);
    for (let at = 0; at < data.length; at++) {
      const forged = Buffer.from(data);
      forged[at]! ^= 0x80;
      await refusedEverywhere({ ...payload, data: forged }, 'forged');
    }
    for (const cut of [4, 8, 12]) {
      await refusedEverywhere({ ...payload, data: data.subarray(0, data.length - 16 + cut) }, 'forged');
    }
    await refusedEverywhere({ metadata: payload.metadata! }, 'forged');
  });

  it('refuses to decode without a context, for a codec server must ask by its own way', async () => {
    await expect(client.decode([await encoded()])).rejects.toMatchObject({ detail: { reason: 'no-context' } });
    await expect(worker.decode([await encoded()])).rejects.toMatchObject({ detail: { reason: 'no-context' } });
  });

  it('marks only the refused payload of several', async () => {
    const mixed = [await encoded(), payloadOf(canary), await encoded()];
    const back = (await worker.decode(mixed, workflow)).map(valueOf);
    expect(back).toEqual([{ canary }, { 'countersign/rejected': true }, { canary }]);
    expect(alarmed).toEqual([{ reason: 'unencrypted', contextType: 'workflow', workflowId }]);
  });

  it('does not throw on workflow input even when the alarm does', async () => {
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const broken = codecOf({
      side: 'worker',
      onRejected: () => {
        throw new Error(canary);
      },
    });
    const [answer] = await broken.decode([payloadOf(canary)], workflow);
    expect(isRejected(valueOf(answer!))).toBe(true);
    expect(JSON.stringify(warned.mock.calls)).toContain('COUNTERSIGN_ALARM');
    expect(JSON.stringify(warned.mock.calls)).not.toContain('CANARY');
    warned.mockRestore();
  });

  it('reads old payloads after a key rotation and writes with the new key', async () => {
    const after = codecOf({ ring: rotated });
    const [old] = await after.decode([await encoded()], workflow);
    expect(valueOf(old!)).toEqual({ canary });
    await refusedEverywhere(await encoded(workflow, after), 'unknown-key');
    expect(alarmed[0]).toMatchObject({ keyId: rotated.currentKeyId, workflowId });
  });
});
