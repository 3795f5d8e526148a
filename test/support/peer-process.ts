// Another process of the installation, for tests: tells what it is told to tell, and says what it hears from its peers.
import { loadConfig } from '../../server/config.ts';
import { createLogger } from '../../server/platform/logging/create-logger.ts';
import { metrics } from '../../server/platform/metrics/metrics.ts';
import { joinPeers } from '../../server/platform/realtime/join-peers.ts';
import { onPeerMessage, tellPeers } from '../../server/platform/realtime/peer-bus.ts';
import { createSecretBox } from '../../server/platform/secrets/secret-box.ts';

const config = loadConfig({ ...process.env, NODE_ENV: 'test', PORT: '0' });
const secrets = createSecretBox(process.env.SECRET_KEY ?? '');
joinPeers(config.redisUrl ?? '', { secrets, logger: createLogger('warn') });
onPeerMessage('log:grown', ({ eventId }) => process.send?.({ heard: eventId }));
process.on('message', (eventId: string) => tellPeers('log:grown', { eventId }));
setInterval(() => {
  void metrics
    .getSingleMetric('plenary_peers_up')
    ?.get()
    .then(({ values }) => {
      process.send?.({ isUp: values[0]?.value === 1 });
    });
}, 50);
process.once('disconnect', () => process.exit(1));
