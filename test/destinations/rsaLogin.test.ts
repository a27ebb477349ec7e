import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils } from 'ssh2';
import { trySftp } from '../../core/destinations/sftp/destination';
import { type OpenSsh, startOpenSsh } from '../../sandbox/openssh';
import { sftpFieldsOf } from '../fields';

const rsa = utils.generateKeyPairSync('rsa', { bits: 2048 });

/** OpenSSH that lets the RSA key in, by some of its signatures. */
async function startFor(signatures: string): Promise<OpenSsh> {
	const authorized = join(folder, signatures);
	await writeFile(authorized, `${rsa.public}\n`);
	return await startOpenSsh({
		config: [`AuthorizedKeysFile ${authorized}`, `PubkeyAcceptedAlgorithms ${signatures}`],
	});
}

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'rsa-login-'));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

/** Logs in with the RSA key; resolves to the login's error, if any, and the signature the server took, from its own log. */
async function logIn(signatures: string, legacyAlgorithms: boolean) {
	const server = await startFor(signatures);
	const fields = { ...sftpFieldsOf({ ...server, privateKey: rsa.private }), legacyAlgorithms };
	const error = await trySftp(fields, new AbortController().signal).catch((fault: unknown) => fault);
	await server.close();
	return { error, log: server.log() };
}

test.each([
	['rsa-sha2-256', false],
	['rsa-sha2-256', true],
	['rsa-sha2-256,ssh-rsa', true],
])('a server that takes RSA keys by %s lets in with SHA-2 (Legacy Algorithms: %s)', async (signatures, legacy) => {
	const { error, log } = await logIn(signatures, legacy);
	expect(error).toBeUndefined();
	expect(log).not.toMatch(/not in PubkeyAcceptedAlgorithms/);
});

test('a server that takes RSA keys by SHA-1 only is refused, and the message names the ways out', async () => {
	const { error, log } = await logIn('ssh-rsa', false);
	expect(error).toMatchObject({
		reason: 'destinationLogin',
		retryable: false,
		hint: expect.stringMatching(/only with SHA-1 signatures.* Ed25519 .*'Legacy Algorithms' in the SFTP credential/),
	});
	expect(log).not.toMatch(/Accepted publickey/);
});

test('it is logged in to with Legacy Algorithms', async () => {
	const { error, log } = await logIn('ssh-rsa', true);
	expect(error).toBeUndefined();
	expect(log).toMatch(/Accepted publickey/);
});
