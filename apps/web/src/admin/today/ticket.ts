/** A ticket as it is typed: the number perhaps with the zeros that a slip prints, full-width or not. */
export const ticketOf = ({
  no,
  day,
}: {
  readonly no: string;
  readonly day: string;
}): { readonly ticketNo: number; readonly ticketDay: string } | null => {
  const typed = no.normalize('NFKC').trim();
  const ticketNo = /^\d{1,7}$/.test(typed) ? Number(typed) : 0;
  return ticketNo > 0 && ticketNo <= 1_000_000 && /^\d{4}-\d{2}-\d{2}$/.test(day) ? { ticketNo, ticketDay: day } : null;
};
