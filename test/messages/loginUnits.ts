import {
	CLOSED,
	notConnected,
	unanswerable,
	unansweredTwice,
} from '../../core/destinations/sftp/connection/loginErrors';
import { loginKeptWaiting } from '../../core/destinations/sftp/connection/loginLimiter';
import { nameQueueTimeout } from '../../core/destinations/sftp/files/nameQueue';
import type { LoginProgress } from '../../core/destinations/sftp/connection/authHandler';
import type { StartNotes } from '../../core/destinations/sftp/connection/sftpSubsystem';
import { subsystemError } from '../../core/destinations/sftp/connection/sftpSubsystemErrors';
import type { LoginAttempt } from '../../core/destinations/sftp/connection/loginAttempt';

const WHERE = { host: 'sftp.example.com', port: 22, username: 'writer' };

const NOTHING_HEARD = { isEmpty: () => true, isSsh: () => false, text: () => '', otherService: () => undefined };
const SSH_HEARD = { ...NOTHING_HEARD, isEmpty: () => false, isSsh: () => true };

const progress = (more: Partial<LoginProgress>): LoginProgress => ({
	accepted: () => [],
	rsa: () => undefined,
	refusals: () => 0,
	isPartial: () => false,
	isJudged: () => true,
	isPending: () => false,
	untried: () => 0,
	prompt: () => '',
	...more,
});

const attempt = (more: Partial<LoginAttempt>): LoginAttempt => ({
	progress: progress({}),
	greeting: SSH_HEARD,
	isEncrypted: true,
	banner: '',
	timeoutMs: 30_000,
	...more,
});

const timeout = () => Object.assign(new Error('Timed out'), { level: 'client-timeout' });
const disconnect = () => Object.assign(new Error('Too many authentication failures'), { code: 2 });
const pending = (more: Partial<LoginProgress> = {}) =>
	attempt({ progress: progress({ isPending: () => true, ...more }) });
const unanswered = () => notConnected(new Error(CLOSED), WHERE, pending());
const heard = (text: string, service?: string) =>
	attempt({ greeting: { ...NOTHING_HEARD, isEmpty: () => false, text: () => text, otherService: () => service } });

const QUIET: StartNotes = { text: '', errors: '', isClosed: false };
const start = (notes: Partial<StartNotes>, fault: unknown = new Error('no')) =>
	subsystemError(fault, { ...QUIET, ...notes });

const UNITS: ReadonlyArray<readonly [what: string, fault: () => unknown]> = [
	['a server that sends nothing', () => notConnected(timeout(), WHERE, attempt({ greeting: NOTHING_HEARD }))],
	['a key exchange that takes too long', () => notConnected(timeout(), WHERE, attempt({ isEncrypted: false }))],
	['a login that takes too long', () => notConnected(timeout(), WHERE, attempt({}))],
	['a login that is not answered', () => notConnected(timeout(), WHERE, pending())],
	['a connection closed in place of an answer', unanswered],
	['the same twice', () => unansweredTwice(unanswered())],
	['a turn that does not come', () => loginKeptWaiting(WHERE, 30_000)],
	['a name that another writer takes for too long', () => nameQueueTimeout('in/sales.csv', 60_000)],
	['another service', () => notConnected(new Error(CLOSED), WHERE, heard('HTTP/1.1 400 Bad Request', 'a web server'))],
	['a greeting of no kind', () => notConnected(new Error(CLOSED), WHERE, heard('Exceeded MaxStartups'))],
	['a refusal by disconnect', () => notConnected(disconnect(), WHERE, pending())],
	['one before all was tried', () => notConnected(disconnect(), WHERE, pending({ untried: () => 1 }))],
	['one of an RSA key', () => notConnected(disconnect(), WHERE, pending({ untried: () => 1, rsa: () => 'sha2' }))],
	[
		'one of an unused RSA key',
		() => notConnected(disconnect(), WHERE, pending({ untried: () => 1, rsa: () => 'unused' })),
	],
	['a refusal after a part', () => notConnected(disconnect(), WHERE, pending({ isPartial: () => true }))],
	[
		'one after a part, before all was tried',
		() => notConnected(disconnect(), WHERE, pending({ isPartial: () => true, untried: () => 1 })),
	],
	...(['sha2', 'unused'] as const).flatMap((use): ReadonlyArray<readonly [string, () => unknown]> => {
		const more = { isPartial: () => true, rsa: () => use };
		return [
			[`one after a part, of an RSA key (${use})`, () => notConnected(disconnect(), WHERE, pending(more))],
			[
				`the same before all was tried (${use})`,
				() => notConnected(disconnect(), WHERE, pending({ ...more, untried: () => 1 })),
			],
		];
	}),
	['a new password', () => unanswerable(WHERE, { kind: 'newPassword', text: 'New password:' }, attempt({}))],
	['a second factor', () => unanswerable(WHERE, { kind: 'more', text: 'Code:' }, attempt({}))],
	['text in place of SFTP', () => start({ text: 'Hello' })],
	['a program that ends', () => start({ exit: 1 })],
	['a channel that is refused', () => start({}, Object.assign(new Error('open failed'), { reason: 1 }))],
	['a channel that is closed', () => start({ isClosed: true })],
];

/** What a server does in a login that no server of the sandbox does in n8n. */
export const LOGIN_UNITS: ReadonlyArray<readonly [what: string, provoke: () => unknown]> = UNITS.map(
	([what, fault]) => [
		what,
		() => {
			throw fault();
		},
	],
);
