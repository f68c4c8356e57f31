import { writeFileSync } from 'node:fs';
import { generateHouse, type HouseWish, usualHouse } from '#libs/solver/operational/generate-house';

type GenerateFlags = Pick<HouseWish, 'beds' | 'requests' | 'occupancy' | 'seed'> & { readonly out: string };

export const runSolveGenerate = ({ out, ...wish }: GenerateFlags): void => {
  writeFileSync(out, `${JSON.stringify(generateHouse({ ...usualHouse, ...wish }), null, 2)}\n`);
};
