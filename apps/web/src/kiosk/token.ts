const keptAs = 'countersign-board';

/** The token behind `#`, taken out of the address; after a reload the one this tab had. */
export const takeToken = (): string | null => {
  const given = location.hash.slice(1);
  if (given === '') return sessionStorage.getItem(keptAs);
  sessionStorage.setItem(keptAs, given);
  history.replaceState(null, '', location.pathname + location.search);
  return given;
};
