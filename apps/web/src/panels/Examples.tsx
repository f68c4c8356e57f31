import { type Review } from '../api/types';
import { useState } from 'react';
import { OpenReview } from '../reviews/ReviewScreen';

/** The examples of every panel, one at a time: chosen on the left, shown as the shell shows a review. */
export const Examples = ({ of }: { readonly of: Readonly<Record<string, Readonly<Record<string, Review>>>> }) => {
  const [chosen, setChosen] = useState(decodeURIComponent(location.hash.slice(1)));
  const all = Object.entries(of).flatMap(([panel, examples]) =>
    Object.entries(examples).map(([name, review]) => ({ id: `${panel} ${name}`, review })),
  );
  const shown = all.find(({ id }) => id === chosen) ?? all[0];
  if (!shown) return null;
  return (
    <main className="review-shell" style={{ padding: 16 }}>
      <nav className="worklist" aria-label="panels">
        <ol>
          {all.map(({ id }) => (
            <li key={id}>
              <a
                href={`#${encodeURIComponent(id)}`}
                className={id === shown.id ? 'active' : ''}
                onClick={() => setChosen(id)}
              >
                {id}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <OpenReview key={shown.id} review={shown.review} />
    </main>
  );
};
