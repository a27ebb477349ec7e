import { startProxy } from './proxy';

/** The proxy as a process of its own: `node main.js <target port> <round trip in ms>` prints its port. */
async function main([targetPort, roundTripMs]: readonly string[]): Promise<void> {
	const { port } = await startProxy({ targetPort: Number(targetPort), roundTripMs: Number(roundTripMs) });
	process.stdout.write(`port ${port}\n`);
}

void main(process.argv.slice(2));
