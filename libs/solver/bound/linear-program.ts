import load from 'highs';

/** A linear program to be minimised: columns from 0 up without end, each with ones in some rows. */
export interface LinearProgram {
  readonly cost: Float64Array;
  /** The rows of column c are `rows[starts[c]]` to below `rows[starts[c + 1]]`, with `values` of the same places. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** The price of each row at the optimum, as HiGHS finds it; undefined = the program has none. */
export const pricesOf = async (program: LinearProgram): Promise<Float64Array | undefined> => {
  const highs = await load();
  const [columns, rows] = [program.cost.length, program.lower.length];
  return highs.withModel(
    {
      numCols: columns,
      numRows: rows,
      sense: highs.constants.objectiveSense.minimize,
      offset: 0,
      colCost: program.cost,
      colLower: new Float64Array(columns),
      colUpper: new Float64Array(columns).fill(Infinity),
      rowLower: program.lower,
      rowUpper: program.upper,
      matrix: {
        format: 'csc',
        numRows: rows,
        numCols: columns,
        starts: program.starts,
        indices: program.rows,
        values: program.values,
      },
    },
    (model) => {
      model.options.set({ output_flag: false });
      model.run();
      return model.getModelStatus() === highs.constants.modelStatus.optimal ? model.getSolution().rowDual : undefined;
    },
  );
};
