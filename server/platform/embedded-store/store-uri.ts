import type { ListenAddress } from './wire/serve-socket.ts';

/** How a MongoDB driver writes the address of a store. */
export function storeUri(address: ListenAddress, databaseName = 'plenary'): string {
  const host = 'path' in address ? encodeURIComponent(address.path) : `${address.host}:${address.port}`;
  return `mongodb://${host}/${databaseName}?directConnection=true`;
}
