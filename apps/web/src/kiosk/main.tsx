import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ageOf, stalenessOf } from './board';
import { PublicQueue } from './PublicQueue';
import { StaffWall } from './StaffWall';
import { takeToken } from './token';
import { useBoard } from './use-board';
import { words } from './words';
import './kiosk.css';

const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', timeStyle: 'medium', hourCycle: 'h23' });

const useElapsed = (): number => {
  const [elapsed, setElapsed] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setElapsed(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return elapsed;
};

/** A board on a wall: what it shows, of when that is, and that it may not be relied on once it is old. */
const Wall = ({ token }: { readonly token: string }) => {
  const { held, refused } = useBoard(token);
  const elapsed = useElapsed();
  if (refused) return <p className="alone">{words.refused}</p>;
  if (held === null) return <p className="alone">{words.connecting}</p>;
  const { board } = held;
  const staleness = stalenessOf(ageOf(held, elapsed));
  const asOf = clock.format(new Date(board.asOf));
  return (
    <main className={`wall ${staleness}`}>
      <header>
        <h1>{board.ward}</h1>
        <span>{asOf}</span>
      </header>
      {staleness !== 'current' && (
        <p className="ribbon" role="alert">
          {words.stale(asOf)} {staleness === 'dead' && words.dead}
        </p>
      )}
      <div className="wall-content">
        {board.kind === 'public-queue' ? <PublicQueue board={board} /> : <StaffWall board={board} />}
      </div>
    </main>
  );
};

const root = document.getElementById('root');
if (root === null) throw new Error('no root');
const token = takeToken();
createRoot(root).render(
  <StrictMode>{token ? <Wall token={token} /> : <p className="alone">{words.refused}</p>}</StrictMode>,
);
