import { trySftp } from '../../core/destinations/sftp/destination';
import { startOpenSsh } from '../../sandbox/openssh';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf, sftpFieldsOf } from '../fields';

const SFTP = '/usr/lib/openssh/sftp-server';

/** What a user sees whose login runs `command` in place of SFTP. */
async function told(command: string, ...config: readonly string[]) {
	const server = await startOpenSsh({ config: [...config, `ForceCommand ${command}`] });
	const signal = AbortSignal.timeout(20_000);
	return await trySftp(sftpFieldsOf(server), signal)
		.then(
			() => ({ message: 'in', reason: undefined, retryable: undefined, hint: '' }),
			(fault: unknown) => fault as { message: string; reason: string; hint: string; retryable: boolean },
		)
		.finally(server.close);
}

const PRINTS = 'The server lets this user in, but a script there prints text where SFTP should begin: ';
const ENDS = 'The server lets this user in, but its SFTP program ends at once ';

test.each<[what: string, command: string, message: string, hint: string]>([
	['a login script that prints a line', `echo Hello; exec ${SFTP}`, `${PRINTS}Hello`, '.bashrc'],
	['one that prints less than a word', `echo; exec ${SFTP}`, PRINTS, '.bashrc'],
	['one that prints a lot', `seq 1 5000; exec ${SFTP}`, `${PRINTS}1 2 3`, '.bashrc'],
	['one that prints and waits', 'echo Maintenance; exec sleep 30', `${PRINTS}Maintenance`, '.bashrc'],
	[
		'an account without a shell',
		'echo This account is currently not available.; exit 1',
		`${ENDS}(exit code 1; the server says: This account is currently not available.)`,
		'no shell',
	],
	[
		'a forced command that prints',
		'echo Only rsync here',
		`${ENDS}(exit code 0; the server says: Only rsync here)`,
		'forced command',
	],
	['a program that is missing', '/no/such/sftp-server', `${ENDS}(exit code 127)`, 'is missing'],
	['a program that ends without a word', 'exit 3', `${ENDS}(exit code 3)`, 'no shell'],
	['a program that is killed', 'kill -9 $$', `${ENDS}(SIGKILL)`, 'no shell'],
])('%s is told as what it is', async (_what, command, message, hint) => {
	const fault = await told(command);
	expect(fault).toMatchObject({ reason: 'destinationLogin', retryable: false });
	expect(fault.message.slice(0, message.length)).toBe(message);
	expect(fault.hint).toContain(hint);
});

test('a script that prints on its error output only does no harm', async () => {
	expect((await told(`echo Welcome >&2; exec ${SFTP}`)).message).toBe('in');
});

test('what a script prints is shown without its control characters, and not without end', async () => {
	const { message } = await told(`printf '\\033[31mHi\\007 %.0s' $(seq 1 999); exec ${SFTP}`);
	expect(message).toMatch(/SFTP should begin: \[31mHi/u);
	expect(message).not.toMatch(/\p{Cc}/u);
	expect(message.length).toBeLessThan(400);
});

test('a server that opens no channel says so', async () => {
	expect((await told('internal-sftp', 'MaxSessions 0')).message).toMatch(
		/^The server lets this user in, but doesn't open a channel for SFTP \(the server says: open failed\)$/,
	);
});

test('a server without the subsystem does not offer SFTP', async () => {
	const server = await startSsh2Server({ sftp: false });
	const tried = trySftp(passwordFieldsOf(server), AbortSignal.timeout(20_000)).finally(server.close);
	await expect(tried).rejects.toThrow('The server lets this user in, but does not offer SFTP');
});

test('what the error output says is shown, where a server sends it along', async () => {
	const server = await startSsh2Server({
		sftp: (channel) => {
			channel.stderr.write('Password change required but no TTY available.\n');
			channel.exit(1);
			channel.end();
		},
	});
	const tried = trySftp(passwordFieldsOf(server), AbortSignal.timeout(20_000)).finally(server.close);
	await expect(tried).rejects.toThrow(
		`${ENDS}(exit code 1; the server says: Password change required but no TTY available.)`,
	);
});

test('a channel that is closed without a word is told as one', async () => {
	const server = await startSsh2Server({ sftp: (channel) => channel.close() });
	const tried = trySftp(passwordFieldsOf(server), AbortSignal.timeout(20_000)).finally(server.close);
	await expect(tried).rejects.toThrow('The server lets this user in, but closes the SFTP channel at once');
});
