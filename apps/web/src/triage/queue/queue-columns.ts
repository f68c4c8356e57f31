import { useMemo } from 'react';
import { usePreferences } from '../../preferences/preferences';
import { type Column, placed } from '../../tables/columns';

/** The queue among a person's tables. */
export const queueTable = 'queue';

export type QueueColumnId = 'ticket' | 'level' | 'patient' | 'complaint' | 'waited' | 'state' | 'flags' | 'actions';

/** As the queue is on a first day. Level, patient and action stay: a row without them is misread. */
export const queueColumns: readonly Column<QueueColumnId>[] = [
  { id: 'ticket' },
  { id: 'level', always: true },
  { id: 'patient', always: true },
  { id: 'complaint' },
  { id: 'waited' },
  { id: 'state' },
  { id: 'flags' },
  { id: 'actions', always: true },
];

/** The columns the person shows, in their order; the same list until they change it. */
export const useQueueColumns = (): readonly QueueColumnId[] => {
  const table = usePreferences().tables[queueTable];
  return useMemo(() => placed(queueColumns, table).flatMap(({ id, shown }) => (shown ? [id] : [])), [table]);
};
