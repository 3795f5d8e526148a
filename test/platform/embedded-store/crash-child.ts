import { runStore } from '../../../server/platform/embedded-store/run-store.ts';

// A process to be killed: serves the folder it is given and says where. Without the thread, which only costs time here.
const { engine } = await runStore(process.argv[2]!, () => undefined);
process.stdout.write(`mongodb://${encodeURIComponent(engine.address)}/killed?directConnection=true\n`);
process.stdin.resume();
