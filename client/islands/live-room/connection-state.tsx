import { Icon } from '../../components/icon.tsx';
import type { Connection } from './live-room.store.ts';

/** How the page stands to the server, in words. Before the script runs: how to see what is new. */
export function ConnectionState({
  connection,
  refreshPath,
}: {
  connection: Connection;
  refreshPath: string;
}) {
  const trouble =
    connection.kind === 'refused' || connection.kind === 'lost' || connection.kind === 'restarting';
  return (
    <p class={trouble ? 'room-connection trouble' : 'room-connection'} data-connection={connection.kind}>
      <Icon name={trouble ? 'warning' : 'live'} />
      <span role="status">{inWords(connection)}</span>
      {connection.kind === 'still' && <a href={refreshPath}>Refresh</a>}
      {connection.kind === 'refused' && <a href={refreshPath}>Open the page again</a>}
    </p>
  );
}

function inWords(connection: Connection): string {
  switch (connection.kind) {
    case 'still':
      return 'This is how it stood when the page was loaded.';
    case 'connecting':
      return 'Connecting…';
    case 'connected':
      return 'Connected. This page keeps itself up to date.';
    case 'lost':
      return 'The connection dropped. We are trying again; your place is kept.';
    case 'restarting':
      return 'We are restarting. This page comes back by itself in a moment.';
    case 'asking':
      return 'Your network blocks live updates, so this page asks every ten seconds.';
    case 'refused':
      return connection.message;
  }
}
