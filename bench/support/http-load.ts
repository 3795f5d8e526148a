import { Agent, request } from 'node:http';

/** Sends `total` GETs over `connections` kept-alive connections and resolves when every body was read and compared. */
export async function getMany(
  url: string,
  options: { total: number; connections: number; bytes: number },
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  let sent = 0;
  const worker = async () => {
    while (sent < options.total) {
      sent += 1;
      const length = await getOnce(url, agent);
      if (length !== options.bytes) throw new Error(`Expected ${options.bytes} bytes, got ${length}`);
    }
  };
  await Promise.all(Array.from({ length: options.connections }, worker));
  agent.destroy();
}

function getOnce(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { accept: 'text/html' } }, (response) => {
      let length = 0;
      response.on('data', (chunk: Buffer) => (length += chunk.length));
      response.on('end', () =>
        response.statusCode === 200 ? resolve(length) : reject(new Error(`Status ${response.statusCode}`)),
      );
    })
      .on('error', reject)
      .end();
  });
}
