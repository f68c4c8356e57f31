/** What a move gives that was not made; a move that was made gives its difference in cost. */
export const notMade = Infinity;
