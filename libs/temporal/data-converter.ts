import { join } from 'node:path';
import type { DataConverter } from '@temporalio/common';
import { createNoExternalStorage } from './no-external-storage';
import { createPayloadCodec, type CodecOptions } from './payload-codec';

/** Module of the failure converter; the workflow bundle must be built with it too (`bundleWorkflowCode`). */
export const failureConverterPath = join(__dirname, 'failure-converter');

/** The data converter of every worker and client: encrypted payloads, failures without data, nothing stored outside. */
export const createDataConverter = (options: CodecOptions): DataConverter => ({
  failureConverterPath,
  payloadCodecs: [createPayloadCodec(options)],
  ...(options.side === 'worker' && { externalStorage: createNoExternalStorage() }),
});
