interface Common {
  /** The server's clock when it answered. */
  readonly at: string;
  /** What is shown was so at this time. */
  readonly asOf: string;
  readonly ward: string;
}

/** What whoever waits may see. */
export interface PublicBoard extends Common {
  readonly kind: 'public-queue';
  readonly calling: readonly {
    readonly ticketNo: number;
    readonly room: string | null;
    readonly name: string | null;
  }[];
  readonly next: readonly { readonly ticketNo: number; readonly name: string | null }[];
  readonly waits: readonly { readonly level: 'I' | 'II' | 'III' | 'IV'; readonly minutes: number | null }[];
}

interface StaffRow {
  readonly ticketNo: number;
  readonly name: string;
  readonly level: string | null;
  readonly room: string | null;
}

/** Where the desk stands, for its staff. */
export interface StaffBoard extends Common {
  readonly kind: 'staff-wallboard';
  readonly waiting: number;
  readonly byLevel: Readonly<Record<string, number>>;
  readonly overLimit: readonly (StaffRow & { readonly waitedMinutes: number; readonly limitMinutes: number })[];
  readonly called: readonly StaffRow[];
  readonly reassess: readonly (StaffRow & { readonly dueAt: string })[];
  readonly reviews: readonly { readonly waiting: number; readonly overdue: number }[];
}

/** What a board shows. */
export type Board = PublicBoard | StaffBoard;

/** A board, and when it came by the clock that only counts forward (ms). */
export interface Held {
  readonly board: Board;
  readonly cameAt: number;
}

/** How old what is shown is, ms: by the server's clock until it came, by elapsed time since. */
export const ageOf = ({ board, cameAt }: Held, elapsed: number): number =>
  Date.parse(board.at) - Date.parse(board.asOf) + (elapsed - cameAt);

/** How far what is shown can be relied on. */
export const stalenessOf = (age: number): 'current' | 'stale' | 'dead' =>
  age > 60_000 ? 'dead' : age > 15_000 ? 'stale' : 'current';
