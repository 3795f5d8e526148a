// A server that does nothing but send: bare `ws`, or Socket.IO as it comes. Same bytes, same join answer, no store.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { WebSocketServer, type WebSocket } from 'ws';

export type YardstickOrder =
  | { do: 'post'; facts: object[] }
  /** What the answer to a join holds besides its number. */
  | { do: 'take'; eventId: string; answer: object };

const kind = process.argv[2] as 'socket.io' | 'ws';
let eventId = '';
let answer: object = {};
let seq = 0;
let send: (name: string, payload: object) => void;

const http = createServer((_request, response) => response.end('ok'));
if (kind === 'ws') {
  const viewers = new Set<WebSocket>();
  new WebSocketServer({ server: http }).on('connection', (socket) => {
    viewers.add(socket);
    socket.on('message', () =>
      socket.send(`J[${JSON.stringify({ ok: true, kind: 'snapshot', seq, ...answer })}]`),
    );
    socket.on('close', () => viewers.delete(socket));
  });
  send = (name, payload) => {
    const text = JSON.stringify([name, payload]);
    for (const socket of viewers) socket.send(text);
  };
} else {
  const io = new Server(http, { serveClient: false });
  io.on('connection', (socket) => {
    socket.on('live:join', (_message: object, ack: (answer: object) => void) => {
      void socket.join('room');
      ack({ ok: true, kind: 'snapshot', seq, ...answer });
    });
  });
  send = (name, payload) => void io.to('room').emit(name, payload);
}
http.listen({ port: 0, backlog: 4096 }, () => {
  const address = http.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
process.once('disconnect', () => process.exit());
process.on('message', (order: YardstickOrder) => {
  if (order.do === 'take') {
    ({ eventId, answer } = order);
    return void process.send?.({ ok: true });
  }
  const at = new Date().toISOString();
  for (const fact of order.facts) {
    seq += 1;
    send('live:facts', { eventId, audience: 'viewers', facts: [{ seq, at, fact }] });
  }
  process.send?.({ seq });
});
