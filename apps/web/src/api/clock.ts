/* How far the server's clock is ahead of this PC's, ms; PCs on wards are minutes off, and times ahead are refused. */
let aheadMs = 0;

/** Learns the server's time from an answer. */
export const hearClock = (date: string | null): void => {
  const at = date === null ? Number.NaN : Date.parse(date);
  if (!Number.isNaN(at)) aheadMs = at - Date.now();
};

/** The time by the server's clock, as last heard. */
export const serverNow = (): Date => new Date(Date.now() + aheadMs);
