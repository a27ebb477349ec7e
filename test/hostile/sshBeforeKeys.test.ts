import { trySftp } from '../../core/destinations/sftp/destination';
import { WritebackError } from '../../core/support/errors';
import { expectWithinBounds, measure } from './bounds';
import { BEFORE_KEYS } from './ssh/beforeKeys';
import { fieldsFor } from './ssh/fields';
import { type HostileServers, startHostileServers } from './ssh/process';

let servers: HostileServers;
beforeAll(async () => {
	servers = await startHostileServers();
	// Loads what the first connection loads, so that no case is measured with it.
	await trySftp(fieldsFor(servers.port('nothing wrong')), AbortSignal.timeout(10_000));
}, 60_000);
afterAll(async () => await servers?.close());

test.each(Object.keys(BEFORE_KEYS))(
	'a server that sends %s stops nothing and is refused in our words',
	async (name) => {
		const measured = await measure(async () => {
			await trySftp(fieldsFor(servers.port(name)), AbortSignal.timeout(1_500));
		});
		expect(measured.outcome).toBeInstanceOf(WritebackError);
		expect(String(measured.outcome)).not.toMatch(/undefined|is not |Cannot read|ERR_/);
		expectWithinBounds(measured);
		expect(measured.peakMiB).toBeLessThan(64);
	},
);
