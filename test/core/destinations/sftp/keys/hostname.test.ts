import { readHostname } from '../../../../../core/destinations/sftp/connection/hostname';
import { WritebackError } from '../../../../../core/support/errors';

test.each([
	['sftp.example.com', 'sftp.example.com'],
	['sftp://sftp.example.com', 'sftp.example.com'],
	['SFTP://sftp.example.com/', 'sftp.example.com'],
	['  sftp.example.com//\n', 'sftp.example.com'],
	['localhost', 'localhost'],
	['my_server', 'my_server'],
	['example.com.', 'example.com.'],
	['192.0.2.7', '192.0.2.7'],
	['2001:db8::7', '2001:db8::7'],
	['[2001:db8::7]', '2001:db8::7'],
	['sftp://[2001:db8::7]/', '2001:db8::7'],
	['::1', '::1'],
	['0x7f.1', '127.0.0.1'],
	['017700000001', '127.0.0.1'],
	['2130706433', '127.0.0.1'],
	['127.0.0.1.', '127.0.0.1'],
	['::ffff:192.0.2.7', '192.0.2.7'],
	['[::ffff:c000:207]', '192.0.2.7'],
	['b\u00fccher.example', 'xn--bcher-kva.example'],
])('%j connects to %s', (text, host) => {
	expect(readHostname(text)).toBe(host);
});

test.each([
	['', 'it is empty', 'sftp.example.com'],
	[' \t', 'it is empty', 'sftp.example.com'],
	['sftp://', 'it is empty', 'sftp.example.com'],
	['/', 'it is empty', 'sftp.example.com'],
	['ftp://example.com', 'only sftp:// is allowed before the host name', 'sftp.example.com'],
	['https://example.com/a', 'only sftp:// is allowed before the host name', 'sftp.example.com'],
	['sftp://sftp://example.com', 'only sftp:// is allowed before the host name', 'sftp.example.com'],
	['me@example.com', 'it contains a user name', "in 'Username'"],
	['sftp://me:hunter2@example.com:22/in', 'it contains a user name', "in 'Username'"],
	['example.com/in', 'it contains a path', "node's 'Path'"],
	['sftp://example.com/in/', 'it contains a path', "node's 'Path'"],
	['example.com:/in', 'it contains a path', "node's 'Path'"],
	['\\\\example\\in', 'it contains a path', "node's 'Path'"],
	['example.com:2222', 'it contains a port', "in 'Port'"],
	['sftp://192.0.2.7:22/', 'it contains a port', "in 'Port'"],
	['[2001:db8::7]:22', 'it contains a port', "in 'Port'"],
	['example.com:', 'it contains a port', "in 'Port'"],
	['example .com', 'it contains a space', 'sftp.example.com'],
	['exam\u0000ple.com', 'invisible character', 'sftp.example.com'],
	['exam\u200bple.com', 'invisible character', 'sftp.example.com'],
	['exam\u202eple.com', 'invisible character', 'sftp.example.com'],
	['sftp:example.com', 'not a host name', 'sftp.example.com'],
	['-oProxyCommand=x', 'not a host name', 'sftp.example.com'],
	['example..com', 'not a host name', 'sftp.example.com'],
	['example.com?x', 'not a host name', 'sftp.example.com'],
	['$(id)', 'not a host name', 'sftp.example.com'],
	['[example.com]', 'not a host name', 'sftp.example.com'],
	['1:2:3', 'not a host name', 'sftp.example.com'],
	['1.2.3.4.5', 'not a host name', 'sftp.example.com'],
	['256.1.1.1', 'not a host name', 'sftp.example.com'],
	['fe80::1%eth0', 'zone (%)', "Use the server's name"],
	['::1%lo', 'zone (%)', "Use the server's name"],
	['[::ffff:127.0.0.1%lo]', 'zone (%)', "Use the server's name"],
	['::ffff:169.254.169.254%lo', 'zone (%)', "Use the server's name"],
	['::', 'belong to a server', "Use the server's name"],
	['0:0:0:0:0:0:0:0', 'belong to a server', "Use the server's name"],
	['0.0.0.0', 'belong to a server', "Use the server's name"],
	['0.0.0.0.', 'belong to a server', "Use the server's name"],
	['0', 'belong to a server', "Use the server's name"],
	['0x0', 'belong to a server', "Use the server's name"],
	['::ffff:0.0.0.0', 'belong to a server', "Use the server's name"],
	['a'.repeat(254), 'not a host name', 'sftp.example.com'],
])('%j is refused: %s', (text, message, hint) => {
	const error = refusal(text);
	expect(error).toMatchObject({ reason: 'setting', retryable: false });
	expect(error.message).toMatch(/^Hostname: /u);
	expect(error.message).toContain(message);
	expect(error.hint).toContain(hint);
	expect(error.message + error.hint).not.toContain('hunter2');
});

function refusal(text: string): WritebackError {
	try {
		readHostname(text);
	} catch (error) {
		expect(error).toBeInstanceOf(WritebackError);
		return error as WritebackError;
	}
	throw new Error('The host name was read');
}
