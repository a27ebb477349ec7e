import { loginSteps } from '../../../../../core/destinations/sftp/connection/authHandler';
import { isUnanswered, notConnected } from '../../../../../core/destinations/sftp/connection/loginErrors';

const WHERE = { host: 'sftp.example.com', port: 22, username: 'writer' };
const GREETING = { isEmpty: () => false, isSsh: () => true, text: () => '', otherService: () => undefined };

/** How a login ends when the server disconnects with `code`, after it has refused `offered` methods one by one. */
function disconnected(code: number, ...offered: ReadonlyArray<['password' | 'keyboard-interactive']>) {
	const progress = loginSteps('writer', { password: 'secret' });
	progress.next(null, null, () => undefined);
	for (const methods of offered) progress.next(methods, false, () => undefined);
	const attempt = { progress, greeting: GREETING, isEncrypted: true, banner: '', timeoutMs: 1 };
	return notConnected(Object.assign(new Error('Too many connections'), { code }), WHERE, attempt);
}

describe.each([7, 10, 12])('a disconnect that says nothing about the login (%i)', (code) => {
	test('is worth another try', () => {
		expect(disconnected(code)).toMatchObject({ reason: 'destinationInterrupted', retryable: true });
	});

	test('is worth one more try after a method that the server may not have', () => {
		const fault = disconnected(code, ['keyboard-interactive']);
		expect(fault).toMatchObject({ reason: 'destinationInterrupted', retryable: true });
		expect(fault.message).toContain('Too many connections');
		expect(isUnanswered(fault)).toBe(true);
	});

	test('is a refusal after a password was judged', () => {
		const fault = disconnected(code, ['password'], ['keyboard-interactive']);
		expect(fault).toMatchObject({ reason: 'destinationLogin', retryable: false });
	});
});

test('any other disconnect is a refusal', () => {
	expect(disconnected(2, ['keyboard-interactive'])).toMatchObject({ reason: 'destinationLogin', retryable: false });
});
