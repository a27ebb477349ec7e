import { diskFullError, refused, statusOf } from '../../../../core/destinations/sftp/statusErrors';
import { WritebackError } from '../../../../core/support/errors';

/** What ssh2 makes of an SFTP answer. */
function answer(code: number, text = 'Failure'): Error {
	return Object.assign(new Error(text), { code });
}

function told(fault: unknown): WritebackError {
	const said = refused(fault, 'create a file in /in');
	expect(said).toBeInstanceOf(WritebackError);
	return said as WritebackError;
}

test.each<[string, number, string, string]>([
	['no such file', 2, 'targetRefused', 'no such folder'],
	['permission denied', 3, 'targetRefused', 'does not let this user create a file in /in'],
	['failure', 4, 'targetRefused', 'could not create a file in /in'],
	['bad message', 5, 'targetRefused', 'could not create a file in /in'],
	['operation unsupported', 8, 'targetRefused', 'could not create a file in /in'],
	['no such path', 10, 'targetRefused', 'no such folder'],
	['file already exists', 11, 'targetRefused', 'could not create a file in /in'],
	['write protect', 12, 'targetRefused', 'does not let this user create a file in /in'],
	['no space', 14, 'destinationFull', 'could not create a file in /in'],
	['quota exceeded', 15, 'destinationFull', 'could not create a file in /in'],
	['not a directory', 19, 'targetRefused', 'no such folder'],
	['a status of the future', 99, 'targetRefused', 'could not create a file in /in'],
])('the status %s (%i) becomes %s', (_, code, reason, what) => {
	const fault = told(answer(code, 'it said so'));
	expect(fault).toMatchObject({ reason, retryable: false });
	expect(fault.message).toContain(what);
	expect(fault.message).toContain('(the server says: it said so)');
	expect(fault.hint).not.toBe('');
});

test("a server's text is shown on one short line without control or direction characters", () => {
	const { message } = told(answer(4, `no\r\n\u001b[31mred\u202e ${'x'.repeat(5000)}`));
	expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
	expect(message.length).toBeLessThan(300);
});

test.each([
	['a network fault', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })],
	['an error without a code', new Error('No response from server')],
	['a bug', new TypeError('x is not a function')],
	['a fault that is known already', new WritebackError('destinationInterrupted', 'lost', { hint: '' })],
	['something thrown that is no error', { code: 4 }],
	['nothing', undefined],
])('%s is no status and passes unchanged', (_, fault) => {
	expect(statusOf(fault)).toBeUndefined();
	expect(refused(fault, 'store the file')).toBe(fault);
});

test('a full disk that hides behind "Failure" is named', () => {
	expect(diskFullError('store the file')).toMatchObject({
		reason: 'destinationFull',
		message: 'The SFTP server could not store the file: no space left',
	});
});
