import { isFingerprint } from '../dataVersion';
import type { Destination, ExistingFile } from '../destination';
import { allowAllHosts, type EgressPolicy } from '../egressPolicy';
import { foldPath } from '../foldPath';
import type { Login } from './connection/authHandler';
import { readHostname } from './connection/hostname';
import { loginIdOf, createLoginHistory } from './connection/loginHistory';
import { traitsOfServer } from './connection/serverTraits';
import { openSession } from './connection/session';
import { type SessionProvider, createSessionProvider } from './connection/sessionProvider';
import type { SftpServerOptions } from './connection/sshHandshake';
import { stat, lstat, pathOf } from './files/remoteFiles';
import { createStalePartFiles } from './files/stalePartFiles';
import { readHostKeys } from './keys/hostKeyPins';
import { readPrivateKey } from './keys/privateKey';
import { refused } from './statusErrors';
import { type Connections, openUpload } from './upload/openUpload';
import { raceAbort } from '../../support/abort';
import { invalidParameter, cancelled, withOptions, sanitize, WritebackError } from '../../support/errors';
import type { Owner } from '../../support/fairSemaphore';
import { type Redactor, createRedactor } from '../../support/redact/redactor';

/** The SFTP credential as the user typed it; empty fields are empty strings. */
export interface SftpFields {
	readonly hostname: string;
	readonly port: number;
	readonly username: string;
	readonly password: string;
	readonly privateKey: string;
	readonly passphrase: string;
	readonly hostKeyCheck: 'pinned' | 'any';
	readonly hostKeyFingerprint: string;
	/** Whether algorithms that rest on SHA-1 are agreed to as well. */
	readonly legacyAlgorithms: boolean;
	/** How long the server may owe an answer. */
	readonly idleMs: number;
	readonly connections: Connections;
}

export interface SftpDestination extends Destination {
	/** Settles once the login's fields are read, which takes a while for a key that is encrypted well. Rejects with `setting`. */
	checked(): Promise<void>;
}

/**
 * Puts files on an SFTP server. Throws `setting` for fields that cannot work; connects at the first upload, and again when the connection was
 * lost. `logins` is what the execution `owner` knows of its logins, and `redactor` its secrets.
 */
export function openSftp(
	fields: SftpFields,
	egress: EgressPolicy = allowAllHosts,
	logins = createLoginHistory(),
	owner: Owner = logins,
	redactor = createRedactor(),
): SftpDestination {
	const server = { ...readServer(fields, egress, redactor), owner };
	const ready = withLogin(server, fields);
	ready.catch(() => undefined);
	const { password, privateKey, passphrase } = fields;
	const key = JSON.stringify([server.host, server.port, server.username, password, privateKey, passphrase]);
	const options = { idleMs: server.idleMs, traits: traitsOfServer(server), owner };
	const sessions = createSessionProvider(
		ready,
		options,
		async (signal, logIn) => await logins.attempt(key, signal, logIn),
	);
	const stalePartFiles = createStalePartFiles();
	return {
		warnings: server.hostKeys === 'any' ? [hostKeyUncheckedWarning(server)] : [],
		describe: (target) =>
			[address(server), ...pathOf(target).replace(/^\//, '').split('/').map(encodeURIComponent)].join('/'),
		identify: (target) => identity(server, pathOf(target)),
		connectAhead: sessions.connectAhead,
		stat: async (target, signal) => await raceAbort(statTarget(sessions, pathOf(target), signal), signal),
		openUpload: async (target, signal) =>
			await openUpload({ sessions, stalePartFiles, target, connections: fields.connections, signal }),
		close: sessions.close,
		checked: async () => void (await ready),
	};
}

/** Where the login folder is cannot be told beforehand, so a path from there counts as the absolute one of the same words. Another user may be shown other folders. */
function identity({ host, port, username }: ServerOnly, path: string): string {
	const name = new URL(`http://${host.includes(':') ? `[${host}]` : host}`).hostname.replace(/\.$/, '');
	return JSON.stringify(['sftp', name, port, username, foldPath(path).replace(/^\//, '')]);
}

async function statTarget(
	sessions: SessionProvider,
	path: string,
	signal: AbortSignal,
): Promise<ExistingFile | undefined> {
	if (signal.aborted) throw cancelled();
	const session = await sessions.session(signal);
	try {
		const entry = await lstat(session, path);
		// A link to nothing has the name, too.
		const found = entry?.kind === 'link' ? ((await stat(session, path)) ?? entry) : entry;
		if (found === undefined) return undefined;
		const { size, mtime, atime } = found;
		return {
			...(size !== undefined && { bytes: size }),
			...(mtime !== undefined && { asOf: new Date(mtime * 1000) }),
			...(atime !== undefined && isFingerprint(atime) && { fingerprint: atime }),
		};
	} catch (fault) {
		throw statRefused(fault, path);
	}
}

/** Before anything is asked of Domo: these settings cannot work there. */
function statRefused(fault: unknown, path: string): unknown {
	const why = refused(fault, `look at ${sanitize(path)}`, 'LSTAT, STAT or OPENDIR');
	if (!(why instanceof WritebackError) || why.reason !== 'targetRefused') return why;
	return withOptions(why, {
		hint: `${why.hint} Or turn off 'Only If Changed', and don't use Skip or Add Number in 'If Exists': they need to see what exists in the target.`,
	});
}

/** Logs in, opens SFTP and ends the connection again. Rejects as an upload would. */
export async function trySftp(fields: SftpFields, signal: AbortSignal): Promise<void> {
	(await openSession(await withLogin(readServer(fields, allowAllHosts, createRedactor()), fields), signal)).end();
}

type ServerOnly = Omit<SftpServerOptions, 'login'>;

async function withLogin(server: ServerOnly, fields: SftpFields): Promise<SftpServerOptions> {
	return { ...server, login: await readLogin(fields) };
}

function readServer(fields: SftpFields, egress: EgressPolicy, redactor: Redactor): ServerOnly {
	redactor.add([fields.password, fields.privateKey, fields.passphrase]);
	const { port, hostKeyCheck, hostKeyFingerprint, legacyAlgorithms, idleMs } = fields;
	const username = fields.username.trim();
	const host = readHostname(fields.hostname);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) {
		throw invalidParameter('Port', 'it must be a whole number from 1 to 65535', 'SFTP servers usually listen on 22.');
	}
	if (username === '')
		throw invalidParameter('Username', 'it is empty', 'Enter your user name on this server, e.g. domo-writer.');
	const hostKeys = hostKeyCheck === 'any' ? 'any' : readHostKeys(hostKeyFingerprint);
	const loginId = loginIdOf(fields);
	return { host, port, username, hostKeys, legacyAlgorithms, idleMs, egress, loginId, redact: redactor.foreign };
}

async function readLogin({ password, privateKey, passphrase }: SftpFields): Promise<Login> {
	if (privateKey.trim() !== '') {
		const key = await readPrivateKey(privateKey, passphrase === '' ? undefined : passphrase);
		return { privateKey: key, ...(password === '' ? {} : { password }) };
	}
	if (password !== '') return { password };
	throw invalidParameter(
		'Password',
		'there is neither a password nor a private key',
		"Fill in 'Password' or 'Private Key' in the SFTP credential, or both.",
	);
}

function hostKeyUncheckedWarning(server: ServerOnly): string {
	return `The host key of ${address(server)} isn't verified because 'Host Key Check' is Accept Any. Any server at this address receives the credentials and the data. Choose Pinned in the SFTP credential, leave 'Host Key Fingerprint' empty and save: the message shows the key to compare.`;
}

function address({ host, port }: ServerOnly): string {
	return sanitize(`sftp://${host.includes(':') ? `[${host}]` : host}:${port}`);
}
