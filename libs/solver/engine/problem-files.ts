import { ihtcFile } from '../ihtc/ihtc.file';
import { wardFile } from '../operational/ward.file';
import { pasFile } from '../pas/pas.file';
import { pasuFile } from '../pasu/pasu.file';

/** The files of every problem, by the name that the command line gives it. */
export const problemFiles = { pas: pasFile, pasu: pasuFile, ihtc: ihtcFile, ward: wardFile } as const;

export type ProblemName = keyof typeof problemFiles;
