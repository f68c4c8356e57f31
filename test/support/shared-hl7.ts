import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = process.env['COUNTERSIGN_DATA_DIR'] ?? resolve(__dirname, '../../../shared/data');

/** Whether the shared data lie beside the repository (or where COUNTERSIGN_DATA_DIR says). */
export const hasSharedData = existsSync(join(root, 'manifest.json'));

/** Says once that a suite is skipped: one that is skipped as a whole prints no title of its own. */
export const sayWithoutSharedData = (suite: string): void => {
  if (!hasSharedData) process.stderr.write(`${suite}: shared data not found: set COUNTERSIGN_DATA_DIR\n`);
};

/** A real message: its file and its number in the file, from 1. */
export interface SharedMessage {
  readonly file: string;
  readonly index: number;
  readonly bytes: Buffer;
}

const folders = ['hl7v2_fhirconverter', 'hapi_hl7v2'];

/** The names of the files, as `folder/file`, in a fixed order. */
export const sharedFiles = (): string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, 'hl7fhir', folder))
      .filter((file) => /\.(hl7|txt)$/.test(file))
      .toSorted()
      .map((file) => `${folder}/${file}`),
  );

/** Every message of the files; the one file with several has them between comments in the manner of C. */
export const sharedMessages = (): SharedMessage[] =>
  sharedFiles().flatMap((file) =>
    split(file, readFileSync(join(root, 'hl7fhir', file))).map((bytes, at) => ({ file, index: at + 1, bytes })),
  );

const split = (file: string, bytes: Buffer): Buffer[] => {
  if (!file.endsWith('messages.txt')) return [bytes];
  const text = bytes.toString('latin1').replace(/\/\*[\s\S]*?\*\/|^\/\/.*$/gm, '');
  const messages = text.split(/(?=^MSH)/m).filter((part) => part.startsWith('MSH'));
  return messages.map((message) => Buffer.from(message, 'latin1'));
};

/** A message with another MSH-10, byte for byte the same otherwise. */
export const withControlId = (bytes: Buffer, controlId: string): Buffer => {
  const text = bytes.toString('latin1');
  const start = text.indexOf('MSH');
  const end = start + text.slice(start).search(/[\r\n]|$/);
  const fields = text.slice(start, end).split(text.charAt(start + 3));
  fields[9] = controlId;
  return Buffer.from(text.slice(0, start) + fields.join(text.charAt(start + 3)) + text.slice(end), 'latin1');
};
