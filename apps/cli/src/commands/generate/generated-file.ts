/** A file that is made from the code, committed, and compared in CI. */
export interface GeneratedFile {
  /** Relative to the repository. */
  readonly path: string;
  /** The text it should have; `present` is what it has now (null: there is none). */
  readonly render: (present: string | null) => Promise<string>;
  /** What regenerating cannot put right, told after it: for whoever changed the code. */
  readonly problems?: (text: string) => readonly string[];
}

/** How a generated file stands. */
export interface FileStanding {
  readonly path: string;
  readonly state: 'as generated' | 'written' | 'differs' | 'missing';
  readonly problems: readonly string[];
}

/** Reads and writes the files of the repository; another one in tests. */
export interface Repository {
  read(path: string): string | null;
  write(path: string, text: string): void;
}

/** Writes what differs, or with `check` only says so. */
export const bringUpToDate = async (
  file: GeneratedFile,
  repository: Repository,
  { check }: { check: boolean },
): Promise<FileStanding> => {
  const present = repository.read(file.path);
  const text = await file.render(present);
  const problems = file.problems?.(text) ?? [];
  const standing = (state: FileStanding['state']): FileStanding => ({ path: file.path, state, problems });
  if (present === text) return standing('as generated');
  if (check) return standing(present === null ? 'missing' : 'differs');
  repository.write(file.path, text);
  return standing('written');
};

/** Whether a standing fails the build. */
export const isStale = ({ state, problems }: FileStanding): boolean =>
  state === 'differs' || state === 'missing' || problems.length > 0;
