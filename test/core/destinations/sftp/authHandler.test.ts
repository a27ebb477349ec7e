import { type AuthenticationType, utils } from 'ssh2';
import { type Login, loginSteps } from '../../../../core/destinations/sftp/connection/authHandler';
import { type Demand, startStrictServer } from './sshServer';

const key = utils.generateKeyPairSync('ecdsa', { bits: 256 });
const rsa = utils.generateKeyPairSync('rsa', { bits: 2048 });
const other = utils.generateKeyPairSync('ecdsa', { bits: 256 });

const byPassword: Login = { password: 'secret' };
const byKey: Login = { privateKey: key.private };
const byBoth: Login = { privateKey: key.private, password: 'secret' };
const byRsaAndPassword: Login = { privateKey: rsa.private, password: 'secret' };

const PASSWORD: Demand = { steps: [['password']], password: 'secret' };
const KEY: Demand = { steps: [['publickey']], publicKey: key.public };
const known = { password: 'secret', publicKey: key.public };

async function outcomeOf(demand: Demand, login: Login) {
	const server = await startStrictServer(demand);
	const outcome = await server.logIn(login).then(
		(session) => {
			session.end();
			return 'in';
		},
		(fault: unknown) => fault,
	);
	await server.close();
	return { outcome, tried: server.tried, answers: server.answers };
}

test.each<[string, Demand, Login, AuthenticationType[]]>([
	['a password', PASSWORD, byPassword, ['password']],
	['a key', KEY, byKey, ['publickey']],
	['a key, when a password is at hand, too', KEY, byBoth, ['publickey']],
	['a password, when the key does not matter', PASSWORD, byBoth, ['publickey', 'password']],
	['either', { ...known, steps: [['publickey', 'password']] }, byPassword, ['password']],
	[
		'a key or a password, when the key is the wrong one',
		{ steps: [['publickey', 'password']], password: 'secret', publicKey: other.public },
		byBoth,
		['publickey', 'password'],
	],
	['a key, then a password', { ...known, steps: [['publickey'], ['password']] }, byBoth, ['publickey', 'password']],
	[
		'a password, then a key',
		{ ...known, steps: [['password'], ['publickey']] },
		byBoth,
		['publickey', 'password', 'publickey'],
	],
	[
		'both in any order',
		{
			...known,
			steps: [
				['publickey', 'password'],
				['publickey', 'password'],
			],
		},
		byBoth,
		['publickey', 'password'],
	],
	['a prompt only', { ...known, steps: [['keyboard-interactive']] }, byPassword, ['password', 'keyboard-interactive']],
	[
		'a key, then a prompt',
		{ ...known, steps: [['publickey'], ['keyboard-interactive']] },
		byBoth,
		['publickey', 'keyboard-interactive'],
	],
	[
		'a prompt, then a key',
		{ ...known, steps: [['keyboard-interactive'], ['publickey']] },
		byBoth,
		['publickey', 'keyboard-interactive', 'publickey'],
	],
	['a password without saying so', { ...PASSWORD, taciturn: true }, byBoth, ['publickey', 'password']],
])(
	'a server that asks for %s lets in, with no method tried twice for one question',
	async (_, demand, login, expected) => {
		const { outcome, tried } = await outcomeOf(demand, login);
		expect(outcome).toBe('in');
		expect(tried).toEqual(expected);
	},
);

test('a prompt is answered with the password', async () => {
	const { answers } = await outcomeOf({ ...known, steps: [['keyboard-interactive']] }, byPassword);
	expect(answers).toEqual(['secret']);
});

test.each<[string, Demand]>([
	['an RSA key, then a password', { password: 'secret', publicKey: rsa.public, steps: [['publickey'], ['password']] }],
	['a password, then an RSA key', { password: 'secret', publicKey: rsa.public, steps: [['password'], ['publickey']] }],
])('a server that asks for %s lets in', async (_, demand) => {
	expect((await outcomeOf(demand, byRsaAndPassword)).outcome).toBe('in');
});

test.each<[string, Demand, Login, AuthenticationType[]]>([
	['another password', { ...PASSWORD, password: 'other' }, byPassword, ['password']],
	['another key', { ...KEY, publicKey: other.public }, byKey, ['publickey']],
	['a key, where there is only a password', KEY, byPassword, ['password']],
	['a password, where there is only a key', PASSWORD, byKey, ['publickey']],
	['both, where there is only a key', { ...known, steps: [['publickey'], ['password']] }, byKey, ['publickey']],
	['a host', { steps: [['hostbased']] }, byBoth, ['publickey']],
	[
		'both, and the password is wrong',
		{ steps: [['publickey'], ['password']], password: 'other', publicKey: key.public },
		byBoth,
		['publickey', 'password'],
	],
	[
		'a password first, and it is wrong',
		{ steps: [['password'], ['publickey']], password: 'other', publicKey: key.public },
		byBoth,
		['publickey', 'password'],
	],
	[
		'something it does not tell',
		{ steps: [['hostbased']], taciturn: true },
		byBoth,
		['publickey', 'password', 'keyboard-interactive'],
	],
])('a server that asks for %s refuses, after each method was tried once', async (_, demand, login, expected) => {
	const { outcome, tried } = await outcomeOf(demand, login);
	expect(outcome).toMatchObject({ reason: 'destinationLogin', retryable: false });
	expect(String(outcome)).not.toContain('secret');
	expect(tried).toEqual(expected);
});

test('what the server would have taken is remembered', async () => {
	const { outcome } = await outcomeOf({ steps: [['publickey']] }, byPassword);
	expect(outcome).toMatchObject({ message: expect.stringContaining('; it accepts: publickey') });
});

test('when nothing fits, the answer is false', () => {
	const steps = loginSteps('writer', byPassword);
	const answers: unknown[] = [];
	steps.next(['hostbased'], null, (answer) => answers.push(answer));
	expect(answers).toEqual([false]);
	expect(steps.accepted()).toEqual(['hostbased']);
});
