import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import * as dataSets from '../../sandbox/domo/dataSets';
import type { Habit } from '../../sandbox/habits/habit';
import type { Folder } from '../../sandbox/ssh2Disk';
import { type Ssh2ServerOptions, startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { type Bench, startBench, type Typed } from '../nodes/DomoWriteback/bench';
import { aftermathOf, readableAfter } from './secretsScene';
import { allSpellings } from './spellings';

const DATA_SET = dataSets.oneRow();
const PASSWORD = 'pass wörd "1';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());

/** Everything that a server may refuse without the file failing is asked for. */
const PARAMETERS = {
	destination: 'sftp',
	path: 'in/deeper',
	publishing: { permissions: '640', ifExists: 'replace', createFolders: true, onlyIfChanged: true },
	transfer: { maxTries: 2 },
};

async function run(options: Ssh2ServerOptions, typed: Typed = {}) {
	const server = await startSsh2Server({ posixRename: true, ...options });
	try {
		const sftpWritebackApi = { ...passwordFieldsOf(server), ...typed.sftpWritebackApi };
		return await aftermathOf(bench, {
			parameters: PARAMETERS,
			dataSetId: DATA_SET.id,
			typed: { ...typed, sftpWritebackApi },
		});
	} finally {
		await server.close();
	}
}

/** Answers a request with a status whose text is that. */
function says(name: keyof Folder, message: string, status: number): Habit {
	return (folder) => ({ ...folder, [name]: async () => ({ status, message }) });
}

/** Three texts that hold the password in every way; each is short enough to be shown whole. */
function echoes(): string[] {
	const spelled = allSpellings(PASSWORD);
	const third = Math.ceil(spelled.length / 9);
	return Array.from({ length: 9 }, (_, at) => `no: ${spelled.slice(at * third, (at + 1) * third).join(' ')}`);
}

const REQUESTS = [
	'OPEN',
	'WRITE',
	'CLOSE',
	'MKDIR',
	'STAT',
	'LSTAT',
	'FSTAT',
	'SETSTAT',
	'RENAME',
	'replace',
	'REMOVE',
	'OPENDIR',
	'READDIR',
	'READ',
	'REALPATH',
] as const;

describe.each(REQUESTS)('a server that refuses %s', (name) => {
	it.each([3, 4])('with status %i and the password in its words shows it to no one', async (status) => {
		const texts = echoes();
		let at = status;
		const habit: Habit = (folder) => says(name, texts[at++ % texts.length] ?? '', status)(folder);
		const aftermath = await run({ habits: [habit] });
		expect(readableAfter(aftermath, PASSWORD)).toEqual([]);
	});
});

it.each(Object.entries(Object.fromEntries(echoes().map((text, at) => [at, text]))))(
	'a note about refused permissions holds no password (%s)',
	async (_, text) => {
		const aftermath = await run({ habits: [says('SETSTAT', text, 3)] });
		const [receipt] = aftermath.outcome.good;
		expect(JSON.stringify(receipt?.json.notes)).toContain('The server refused to set');
		expect(readableAfter(aftermath, PASSWORD)).toEqual([]);
	},
);

it('a password that would be cut in the middle is gone as a whole', async () => {
	for (const length of [180, 190, 195, 199, 790, 799, 1590]) {
		const aftermath = await run({ habits: [says('MKDIR', `${'x'.repeat(length)}${PASSWORD}`, 4)] });
		expect(aftermath.message).not.toMatch(/xpas/);
		expect(readableAfter(aftermath, PASSWORD)).toEqual([]);
	}
});

describe('during the login, the password comes back', () => {
	const echo = () => allSpellings(PASSWORD).slice(0, 3).join(' ');
	const LOGINS: ReadonlyArray<readonly [how: string, options: () => Ssh2ServerOptions]> = [
		['as a method', () => ({ authenticate: (context) => context.reject([PASSWORD as 'password', 'publickey']) })],
		[
			'in a prompt for something else',
			() => ({
				authenticate: (context) => {
					if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
					context.prompt([{ prompt: `Code, not ${echo()}: `, echo: true }], () => context.reject());
				},
			}),
		],
		[
			'in a prompt for a new password',
			() => ({
				authenticate: (context) => {
					if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
					context.prompt([{ prompt: `New password (not ${echo()}): `, echo: false }], 'name', echo(), () =>
						context.reject(),
					);
				},
			}),
		],
		[
			'after the right prompt',
			() => ({
				authenticate: (context) => {
					if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
					context.prompt([{ prompt: `${echo()} Password: `, echo: false }], () => context.reject());
				},
			}),
		],
		[
			'in place of SFTP',
			() => ({
				sftp: (channel) => {
					channel.stderr.write(`stderr ${echo()}`);
					channel.write(`Welcome ${echo()}\n`);
					channel.exit(1);
					channel.end();
				},
			}),
		],
		[
			'in the name of a signal',
			() => ({ sftp: (channel) => (channel.exit(PASSWORD, false, PASSWORD), channel.end()) }),
		],
	];
	it.each(LOGINS)('%s', async (_, options) => {
		const aftermath = await run(options());
		expect(aftermath.message).not.toBe('');
		expect(readableAfter(aftermath, PASSWORD)).toEqual([]);
	});

	it.each(['220 FTP ', 'Too many connections ', 'HTTP/1.1 400 '])('in a greeting "%s"', async (greeting) => {
		const server = createServer((socket) => void socket.on('error', () => undefined).end(`${greeting}${echo()}\r\n`));
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		const aftermath = await run({}, { sftpWritebackApi: { port, hostname: '127.0.0.1' } });
		server.close();
		expect(aftermath.message).not.toBe('');
		expect(readableAfter(aftermath, PASSWORD)).toEqual([]);
	});
});

describe('a password that is a word of ours leaves our sentences whole', () => {
	const refusing: Ssh2ServerOptions = {
		authenticate: (context) => context.reject(['password', 'publickey']),
	};
	const words = [
		'SFTP',
		'a',
		'server',
		'SFTP server',
		'password',
		'publickey',
		'user',
		'refused',
		'writer',
		'closed',
		'key',
	];
	it.each([...words, "Check 'Username'", 'The target is unchanged', 'internal-sftp', 'Legacy Algorithms', '127'])(
		'%s',
		async (password) => {
			const { outcome, message } = await run(refusing, { sftpWritebackApi: { password } });
			const host = '127.0.0.1';
			expect(message).toBe(`SFTP server ${host} refused user "writer"; it accepts: password, publickey`);
			expect(outcome.run.error?.description).toMatch(
				/^Check 'Username', 'Password', 'Private Key' and 'Passphrase' in the SFTP credential; some servers require both a key and a password\./,
			);
		},
	);

	it('in a receipt, too', async () => {
		const server = await startSsh2Server({ posixRename: true, habits: [says('SETSTAT', 'no', 3)] });
		const typed = { sftpWritebackApi: { ...passwordFieldsOf(server) } };
		const { outcome } = await aftermathOf(bench, { parameters: PARAMETERS, dataSetId: DATA_SET.id, typed });
		await server.close();
		expect(outcome.good[0]?.json.notes).toEqual([
			'The server refused to set the modified time (no).',
			'The server refused to set the permissions 640 (no).',
		]);
	});
});
