import { answered, api } from '../../api/client';
import { type Done, type Sent } from '../../api/types';

/** What is to leave the product: which rows, and which of them. */
export type ExportAsk = Sent<'/api/admin/exports/counts'>;
export type ExportKind = ExportAsk['kind'];
/** What the file would have; its filter has an end, so that later rows do not change it. */
export type ExportCount = Done<'/api/admin/exports/counts'>;
type ExportSent = Sent<'/api/admin/exports'>;
export type ExportPurpose = ExportSent['purpose'];

/** What somebody says they need the file for. */
export interface Said {
  readonly purpose: ExportPurpose;
  readonly text: string;
}

/** Counts the rows; nothing is taken out yet. The counting is audited. */
export const countRows = (ask: ExportAsk): Promise<ExportCount> =>
  answered(api.POST('/api/admin/exports/counts', { body: ask }));

/** The export as it is sent: the rows that were counted, in a language, for a purpose. */
export const exportOf = ({ kind, filter, rows }: ExportCount, said: Said, language: 'zh' | 'en'): ExportSent => {
  const text = said.text.trim();
  return {
    kind,
    filter,
    language,
    purpose: said.purpose,
    expectedRows: rows,
    ...(text && { purposeText: text }),
  } as ExportSent;
};

/** A file as it came. */
export interface Taken {
  readonly name: string;
  readonly content: Blob;
}

/** Takes the rows out. Throws a {@link Problem}: `EXPORT_CHANGED` where they are no longer as many as were shown. */
export const takeRows = async (body: ExportSent): Promise<Taken> => {
  const asking = api.POST('/api/admin/exports', { body, parseAs: 'blob' });
  const content = await answered<unknown>(asking as never);
  const { response } = await asking;
  return { name: nameOf(response.headers.get('content-disposition')), content: content as Blob };
};

/** The name of a file by its header. */
export const nameOf = (disposition: string | null): string =>
  /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? 'countersign.csv';

/** Has the browser save a file. */
export const save = ({ name, content }: Taken): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Not at once: the browser begins to read it after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
