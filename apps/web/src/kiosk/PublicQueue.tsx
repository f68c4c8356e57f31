import { type PublicBoard } from './board';
import { words } from './words';

/** The waiting area: who is called where, who is next, how long it takes. */
export const PublicQueue = ({ board }: { readonly board: PublicBoard }) => (
  <div className="public">
    <section className="calling" aria-live="polite">
      <h2>{words.calling}</h2>
      {board.calling.length === 0 && <p>{words.nobody}</p>}
      <ul>
        {board.calling.map(({ ticketNo, room, name }) => (
          <li key={`${ticketNo}-${room}`} className="called-now">
            <b>{ticketNo}</b> <span>{name}</span> <span>{room}</span>
          </li>
        ))}
      </ul>
    </section>
    <section>
      <h2>{words.next}</h2>
      {board.next.length === 0 && <p>{words.nobody}</p>}
      <ul>
        {board.next.map(({ ticketNo, name }) => (
          <li key={ticketNo}>
            <b>{ticketNo}</b> <span>{name}</span>
          </li>
        ))}
      </ul>
      <h2>{words.waits}</h2>
      <ul className="waits">
        {board.waits.map(({ level, minutes }) => (
          <li key={level}>
            <b>{words.level(level)}</b> <span>{minutes === null ? words.unknown : words.about(minutes)}</span>
          </li>
        ))}
      </ul>
    </section>
  </div>
);
