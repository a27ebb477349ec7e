import type { AuthContext, KeyboardAuthContext, PasswordAuthContext } from 'ssh2';
import { trySftp } from '../../core/destinations/sftp/destination';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';

/** What a user sees who logs in by password, and the passwords and answers the server got. */
async function outcomeOf(authenticate: (context: AuthContext, got: string[]) => void) {
	const got: string[] = [];
	const server = await startSsh2Server({ authenticate: (context) => authenticate(context, got) });
	const startedAt = Date.now();
	const outcome = await trySftp(passwordFieldsOf(server), AbortSignal.timeout(20_000))
		.then(
			() => 'in',
			(fault: unknown) => fault,
		)
		.finally(server.close);
	return {
		outcome,
		got: got.map((one) => (one === server.password ? 'the password' : one)),
		ms: Date.now() - startedAt,
	};
}

const isPassword = (context: AuthContext): context is PasswordAuthContext => context.method === 'password';
const isKeyboard = (context: AuthContext): context is KeyboardAuthContext => context.method === 'keyboard-interactive';

/** Asks by keyboard-interactive, one request after the other; refuses every other method. */
const asking =
	(...requests: ReadonlyArray<ReadonlyArray<{ prompt: string; echo: boolean }>>) =>
	(context: AuthContext, got: string[]) => {
		if (!isKeyboard(context)) return context.reject(['keyboard-interactive']);
		const ask = (at: number): void => {
			const prompts = requests[at];
			if (prompts === undefined) return context.accept();
			context.prompt([...prompts], 'Two steps', 'Please answer.', (answers) => {
				got.push(...answers);
				ask(at + 1);
			});
		};
		ask(0);
	};

const hidden = (prompt: string) => ({ prompt, echo: false });

test('an expired password is told at once, in the words of the server, and sent once', async () => {
	const { outcome, got, ms } = await outcomeOf((context, got) => {
		if (!isPassword(context)) return context.reject(['password']);
		got.push(context.password);
		context.requestChange('Your password expired\u0007 on 2026-01-01. Enter a new one: ', () => undefined);
	});
	expect(outcome).toMatchObject({
		...{ reason: 'destinationLogin', retryable: false },
		message:
			'SFTP server 127.0.0.1 requires a new password for user "writer" (the server says: Your password expired on 2026-01-01. Enter a new one:)',
	});
	expect(got).toEqual(['the password']);
	expect(ms).toBeLessThan(5000);
});

test.each([
	['the password', [[hidden('Password: ')]]],
	['nothing, and then the password', [[], [hidden('Password: ')]]],
	['the password, and then nothing', [[hidden('Passwort: ')], []]],
])('a server that asks for %s lets in', async (_what, requests) => {
	const { outcome, got } = await outcomeOf(asking(...requests));
	expect([outcome, got]).toEqual(['in', ['the password']]);
});

test.each([
	['a new password', [[hidden('Password: ')], [hidden('New password: ')]], 'requires a new password', 1],
	['a new password alone', [[hidden('Neues Passwort: ')]], 'requires a new password', 0],
	['a code after the password', [[hidden('Password: ')], [hidden('xyzzy: ')]], 'for more than a password or a key', 1],
	['a code that shows', [[{ prompt: 'Token: ', echo: true }]], 'for more than a password or a key', 0],
	['two things at once', [[hidden('Password: '), hidden('Code: ')]], 'for more than a password or a key', 0],
	['the password twice', [[hidden('Password: ')], [hidden('Password: ')]], 'refused user "writer" after it asked', 1],
])('a server that asks for %s gets no more than the password, and is quoted', async (_what, requests, says, given) => {
	const { outcome, got, ms } = await outcomeOf(asking(...requests));
	expect(outcome).toMatchObject({ reason: 'destinationLogin', retryable: false });
	expect(outcome).toMatchObject({ message: expect.stringContaining(says) });
	expect(outcome).toMatchObject({ message: expect.stringContaining(requests.at(-1)?.at(-1)?.prompt.trim() ?? '') });
	expect(got).toEqual(Array.from({ length: given }, () => 'the password'));
	expect(ms).toBeLessThan(5000);
});

test('a prompt after the password was accepted gets nothing, even one that cannot be told from a password', async () => {
	const { outcome, got } = await outcomeOf((context, got) => {
		if (isPassword(context)) {
			got.push(context.password);
			return context.reject(['keyboard-interactive'], true);
		}
		asking([hidden('Password: ')])(context, got);
	});
	expect(outcome).toMatchObject({ message: expect.stringContaining('for more than a password or a key') });
	expect(got).toEqual(['the password']);
});
