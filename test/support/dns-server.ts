import { createSocket } from 'node:dgram';
import { decode, encode, type Answer } from 'dns-packet';

/** What a name has. A name that is not there does not exist; `silent` ones get no answer at all. */
export interface Zone {
  [name: string]: {
    /** A text, or its strings. */
    txt?: readonly (string | readonly string[])[];
    mx?: readonly string[];
    a?: readonly string[];
    silent?: boolean;
  };
}

/** A real name server on a free port of this machine, by UDP. The zone may be changed while it runs. */
export async function openDnsServer(zone: Zone) {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    const query = decode(message);
    const [question] = query.questions ?? [];
    if (!question) return;
    const name = question.name.toLowerCase();
    asked.push(`${question.type} ${name}`);
    const entry = Object.hasOwn(zone, name) ? zone[name] : undefined;
    if (entry?.silent) return;
    const answers = entry ? answersOf(name, question.type, entry) : [];
    const reply = encode({
      type: 'response',
      ...(query.id === undefined ? {} : { id: query.id }),
      // The low bits are the code: 3 says that the name does not exist.
      flags: 0x180 | (entry ? 0 : 3),
      questions: [question],
      answers,
    });
    socket.send(reply, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

function answersOf(name: string, type: string, entry: Zone[string]): Answer[] {
  const common = { name, ttl: 60 };
  switch (type) {
    case 'TXT':
      return (entry?.txt ?? []).map((text) => ({
        ...common,
        type: 'TXT',
        data: typeof text === 'string' ? (text.match(/.{1,255}/gs) ?? ['']) : [...text],
      }));
    case 'MX':
      return (entry?.mx ?? []).map((exchange, index) => ({
        ...common,
        type: 'MX',
        data: { preference: index * 10, exchange },
      }));
    case 'A':
      return (entry?.a ?? []).map((data) => ({ ...common, type: 'A', data }));
    default:
      return [];
  }
}
