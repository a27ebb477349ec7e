import { denies, ignoresAttributes, mayNotRead, missingIs, noRename, noStat } from '../../../sandbox/habits/rights';
import { startOpenSsh } from '../../../sandbox/openssh';
import { alike } from '../alike';
import { onItsDisk } from '../site';
import { carry, wholeNode } from '../wholeNode';
import { scripted, withHabits } from './scripted';

withHabits(
	[
		['does not let the user read, nor open to read', () => ({ habits: [mayNotRead()] })],
		['does not let the user read what is open', () => ({ habits: [mayNotRead({ opens: true })] })],
		['refuses STAT', () => ({ refuse: noStat })],
		['refuses to set attributes', () => ({ refuse: denies(['SETSTAT', 'FSETSTAT']) })],
		[
			'says "failure" of what is missing, and ignores attributes',
			() => ({ habits: [missingIs(4), ignoresAttributes()] }),
		],
		['says "no such path" of what is missing', () => ({ habits: [missingIs(10)] })],
	],
	true,
);

describe("OpenSSH's sftp-server -P stat", () => {
	wholeNode(async () => onItsDisk(await startOpenSsh({ sftpArguments: ['-P', 'stat'] })));
});

test('a server without RENAME is known before the export is asked for', async () => {
	const site = await scripted({ refuse: noRename });
	const { outcome, fates } = await carry(site, { dataSets: alike(1, 1_000_000) });
	await site.close();
	expect(fates[0]?.error).toMatch(/rename/i);
	expect(outcome.asked.exports).toBe(0);
});
