import { changesBlocks, dropsBlocks, swapsBlocks } from '../../sandbox/habits/blocks';
import {
	handsOutOpenHandles,
	inOrderOnly,
	refusesReopenedWrites,
	reopeningEmpties,
} from '../../sandbox/habits/handles';
import { ignoresAttributes, mayNotRead, missingIs, noRename, noStat } from '../../sandbox/habits/rights';
import { startOpenSsh } from '../../sandbox/openssh';
import { type Ssh2ServerOptions, startSsh2Server } from '../../sandbox/ssh2Server';
import { alike } from './alike';
import { onItsDisk, overSftp } from './site';
import { carry, wholeNode } from './wholeNode';

const scripted = (options: () => Ssh2ServerOptions) => async () =>
	onItsDisk(await startSsh2Server({ posixRename: true, ...options() }));

describe.each<[habit: string, options: () => Ssh2ServerOptions]>([
	['takes writes in order, from the handle that created the file', () => ({ habits: [inOrderOnly()] })],
	['refuses the writes of a reopened file', () => ({ habits: [refusesReopenedWrites()] })],
	['hands out handles that are still open', () => ({ habits: [handsOutOpenHandles()] })],
	['takes a second open for another upload', () => ({ habits: [reopeningEmpties()] })],
	['does not let the user read, nor open to read', () => ({ habits: [mayNotRead()] })],
	['does not let the user read what is open', () => ({ habits: [mayNotRead({ opens: true })] })],
	['refuses STAT', () => ({ refuse: noStat })],
	[
		'says "failure" of what is missing, and ignores attributes',
		() => ({ habits: [missingIs(4), ignoresAttributes()] }),
	],
	['says "no such path" of what is missing', () => ({ habits: [missingIs(10)] })],
])('a server that %s', (_, options) => wholeNode(scripted(options)));

describe.each<[habit: string, options: () => Ssh2ServerOptions]>([
	['loses every seventh block', () => ({ habits: [dropsBlocks(7)] })],
	['loses every hundredth block', () => ({ habits: [dropsBlocks(100)] })],
	['changes every twentieth block', () => ({ habits: [changesBlocks(20)] })],
	['swaps blocks of two files', () => ({ habits: [swapsBlocks(5)] })],
])('a server that %s', (_, options) => wholeNode(scripted(options), { succeeds: false }));

describe("OpenSSH's sftp-server -P stat", () => {
	wholeNode(async () => await overSftp(await startOpenSsh({ sftpArguments: ['-P', 'stat'] })));
});

test('a server without RENAME is known before the export is asked for', async () => {
	const site = await scripted(() => ({ refuse: noRename }))();
	const { outcome, fates } = await carry(site, { dataSets: alike(1, 1_000_000) });
	await site.close();
	expect(fates[0]?.error).toMatch(/rename/i);
	expect(outcome.asked.exports).toBe(0);
});
