import { once } from 'node:events';
import { createServer } from 'node:http';
import { get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describeNetworkError, isUntrusted } from '../../../core/support/errors';

const withCode = (code: string) => Object.assign(new Error('It failed'), { code });

/** How Node.js names what OpenSSL finds wrong with a certificate, and what it finds itself. */
test.each([
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_CRL',
	'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
	'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
	'CERT_SIGNATURE_FAILURE',
	'CERT_NOT_YET_VALID',
	'CERT_HAS_EXPIRED',
	'CRL_HAS_EXPIRED',
	'ERROR_IN_CERT_NOT_AFTER_FIELD',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'CERT_CHAIN_TOO_LONG',
	'CERT_REVOKED',
	'INVALID_CA',
	'PATH_LENGTH_EXCEEDED',
	'INVALID_PURPOSE',
	'CERT_UNTRUSTED',
	'CERT_REJECTED',
	'HOSTNAME_MISMATCH',
	'ERR_TLS_CERT_ALTNAME_INVALID',
])('%s is a certificate that is not trusted', (code) => {
	expect(isUntrusted(withCode(code))).toBe(true);
	expect(describeNetworkError(withCode(code))).toBe('its TLS certificate is not trusted');
});

test.each([
	'ERR_SSL_WRONG_VERSION_NUMBER',
	'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
	'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
	'ERR_TLS_INVALID_PROTOCOL_VERSION',
	'EPROTO',
])('%s is a TLS connection that failed', (code) => {
	expect(isUntrusted(withCode(code))).toBe(false);
	expect(describeNetworkError(withCode(code))).toBe('the TLS connection failed');
});

test.each(['ECONNRESET', 'UND_ERR_SOCKET', 'OUT_OF_MEM', ''])('"%s" says nothing of a certificate', (code) => {
	expect(isUntrusted(withCode(code))).toBe(false);
	expect(describeNetworkError(withCode(code))).toMatch(/^the connection (was cut|failed)$/);
});

test('a server without TLS is no matter of its certificate', async () => {
	const server = createServer((_, response) => void response.end()).listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		const request = get({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
		const [fault] = await once(request, 'error');
		expect(describeNetworkError(fault)).toBe('the TLS connection failed');
	} finally {
		server.close();
	}
});
