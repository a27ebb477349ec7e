import { listFolder } from '../../core/destinations/sftp/files/listFolder';
import { trySftp } from '../../core/destinations/sftp/destination';
import { WritebackError } from '../../core/support/errors';
import { readKey } from '../core/destinations/sftp/keys/keyFiles/keys';
import { expectWithinBounds, measure, type Measured } from './bounds';
import { FLOODED } from './ssh/afterKeys';
import { fieldsFor } from './ssh/fields';
import { type HostileServers, startHostileServers } from './ssh/process';
import { askUntilLost, upload, withSession } from './ssh/upload';

let servers: HostileServers;
beforeAll(async () => {
	servers = await startHostileServers();
	await upload(servers.port('nothing wrong'));
}, 60_000);
afterAll(async () => await servers?.close());

/** With what V8 has not collected yet. */
const MOST_PEAK_MIB = 192;

function expectHarmless(measured: Measured<void>): void {
	expectWithinBounds(measured);
	expect(measured.peakMiB).toBeLessThan(MOST_PEAK_MIB);
	if (measured.outcome === undefined) return;
	expect(measured.outcome).toBeInstanceOf(WritebackError);
	expect(String(measured.outcome)).not.toMatch(/undefined|is not |Cannot read|ERR_/);
}

test.each([
	['4,294,967,295 prompts', /asks 4294967295 things at once/],
	['30,000,000 prompts', /asks 30000000 things at once/],
	['a thousand prompts', /asks 1000 things at once/],
	['rounds without prompts', /asks at login without end/],
	['a prompt of 30,000 characters', /asks user "writer" for more than a password/],
	['refusals without end', /refused user "writer"/],
	['signatures without end', /asks at login without end/],
])('a login with %s ends', async (name, says) => {
	const fields = { ...fieldsFor(servers.port(name)), privateKey: readKey('works/rsa.openssh') };
	const measured = await measure(async () => await trySftp(fields, AbortSignal.timeout(5_000)));
	expectHarmless(measured);
	expect(String(measured.outcome)).toMatch(says);
});

test.each([
	['packets of 0 bytes in its channel', /takes only 0 bytes in one packet/],
	['packets of 1 byte in its channel', /takes only 1 bytes in one packet/],
	['a handle of 200 kB', /a file handle of 200000 bytes/],
	['an SFTP packet of 4 GiB', /its packet has 4294967299 bytes|allow reopening an unfinished file/],
])('an upload to a server with %s ends', async (name, says) => {
	const body = { pieces: 20, bytes: 100_000, everyMs: 50 };
	const measured = await measure(async () => await upload(servers.port(name), body));
	expectHarmless(measured);
	expect(String(measured.outcome)).toMatch(says);
});

test.each([
	['a window that opens by single bytes', /sends packets without end/],
	['new keys without end', /changes keys again and again/],
])('a connection to a server with %s ends', async (name, says) => {
	const measured = await measure(async () => await askUntilLost(servers.port(name), 8_000));
	expectHarmless(measured);
	expect(String(measured.outcome)).toMatch(says);
});

test.each(['a folder without end', 'a folder without files or an end'])('a listing of %s ends', async (name) => {
	const measured = await measure(async () => {
		await withSession(servers.port(name), async (session) => void (await listFolder(session, 'in', () => false)));
	});
	expectHarmless(measured);
	expect(String(measured.outcome)).toMatch('The SFTP server lists in without end');
});

test('a listing keeps no more than can be needed', async () => {
	const measured = await measure(async () => {
		await withSession(servers.port('a folder without end'), async (session) => {
			expect(await listFolder(session, 'in', () => true)).toHaveLength(10_000);
		});
	});
	expectHarmless(measured);
	expect(measured.outcome).toBeUndefined();
});

test.each([
	'a folder without end',
	'a folder without files or an end',
	'a folder of names as long as a packet',
	'a folder full of part files',
	'a file that is read byte by byte',
])('an upload to a server with %s harms nothing', async (name) => {
	const body = { pieces: 20, bytes: 100_000, everyMs: 50 };
	expectHarmless(await measure(async () => await upload(servers.port(name), body, 1_000)));
});

test.each(FLOODED)('a server that sends %s harms nothing', async (name) => {
	expectHarmless(await measure(async () => await askUntilLost(servers.port(name), 1_000)));
});
