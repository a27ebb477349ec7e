import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuthContext, type Connection, Server, type ServerChannel, utils } from 'ssh2';
import { fingerprint } from './sftpServer';
import { advertise, type Misbehaviour, serveFolder } from './ssh2Requests';

export interface Ssh2ServerOptions extends Misbehaviour {
	/** Who may come in. When absent: `username` with `password`, by the method password. */
	readonly authenticate?: (context: AuthContext, disconnect: () => void) => void;
	/** Whether posix-rename@openssh.com is offered; off when absent, as in ssh2 itself. */
	readonly posixRename?: boolean;
	/** Whether SFTP is offered; it is when absent. `silent` starts it and answers nothing; a function is given the channel in place of SFTP. */
	readonly sftp?: boolean | 'silent' | ((channel: ServerChannel) => void);
}

/** A running SFTP server of another make than OpenSSH: ssh2's own, with a folder on disk behind it. */
export interface Ssh2Server {
	readonly host: string;
	readonly port: number;
	readonly username: string;
	readonly password: string;
	/** `SHA256:…` of the ECDSA key that this start made. */
	readonly hostKeyFingerprint: string;
	/** Folder on disk that clients see as `/` and as the login folder. */
	readonly root: string;
	/** TCP connections that are open now. */
	connections(): number;
	/** Ends every connection by FIN or RST, without a word. */
	cut(how: 'end' | 'reset'): void;
	/** Ends the server and its connections and drops `root`. */
	close(): Promise<void>;
}

const USERNAME = 'writer';
const PASSWORD = 'pass wörd "1';

/** Starts the server on a free port of the loopback address. */
export async function startSsh2Server(options: Ssh2ServerOptions = {}): Promise<Ssh2Server> {
	const { authenticate = byPassword } = options;
	const root = await mkdtemp(join(tmpdir(), 'ssh2-'));
	// One in 300 Ed25519 keys that ssh2 makes cannot be read by ssh2.
	const hostKey = utils.generateKeyPairSync('ecdsa', { bits: 256 });
	const ssh = new Server({ hostKeys: [hostKey.private] }, (connection) => {
		connection.on('authentication', (context) => authenticate(context, () => connection.end()));
		connection.on('ready', () => welcome(connection, root, options));
		connection.on('error', () => undefined);
	});
	const sockets = new Set<Socket>();
	const tcp = createServer({ noDelay: true }, (socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		ssh.injectSocket(socket);
	});
	tcp.listen(0, '127.0.0.1');
	await once(tcp, 'listening');
	const address = tcp.address();
	if (address === null || typeof address === 'string') throw new Error('No free port');
	return {
		host: '127.0.0.1',
		port: address.port,
		username: USERNAME,
		password: PASSWORD,
		hostKeyFingerprint: fingerprint(hostKey.public),
		root,
		connections: () => sockets.size,
		cut: (how) => sockets.forEach((socket) => (how === 'end' ? socket.end() : socket.resetAndDestroy())),
		close: async () => {
			const closed = once(tcp, 'close');
			tcp.close();
			for (const socket of sockets) socket.destroy();
			await closed;
			await rm(root, { recursive: true, force: true });
		},
	};
}

function byPassword(context: AuthContext): void {
	if (context.method !== 'password') return context.reject(['password']);
	if (context.username === USERNAME && context.password === PASSWORD) return context.accept();
	context.reject(['password']);
}

function welcome(
	connection: Connection,
	root: string,
	{ posixRename = false, extensions: more = [], sftp: offered = true, ...misbehaviour }: Ssh2ServerOptions,
): void {
	const extensions = [...(posixRename ? (['posix-rename@openssh.com'] as const) : []), ...more];
	connection.on('session', (accept) => {
		if (offered === 'silent') return void accept().on('subsystem', (acceptSubsystem) => acceptSubsystem());
		if (typeof offered === 'function') return void accept().on('subsystem', (started) => offered(started()));
		accept().on('sftp', (acceptSftp, reject) => {
			if (!offered) return reject();
			const sftp = acceptSftp();
			if (extensions.length > 0) advertise(sftp, extensions);
			serveFolder(sftp, root, () => connection.end(), { ...misbehaviour, extensions });
		});
	});
}
