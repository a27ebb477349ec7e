import { createVerify } from 'node:crypto';
import { Socket } from 'node:net';
import { Client, type ParsedKey, utils } from 'ssh2';
import { rsaUse, type Signer, signers } from '../../../../core/destinations/sftp/connection/rsaSignatures';

const rsa = utils.generateKeyPairSync('rsa', { bits: 2048 });
const ecdsa = utils.generateKeyPairSync('ecdsa', { bits: 256 });
const publicPem = (utils.parseKey(rsa.public) as ParsedKey).getPublicPEM();

const isKey = (signer: Signer): signer is ParsedKey => typeof signer === 'object' && 'type' in signer;
const types = (found: readonly Signer[]) => found.map((signer) => (isKey(signer) ? signer.type : signer));

test.each<[readonly string[] | undefined, boolean, readonly string[]]>([
	[undefined, false, ['rsa-sha2-256']],
	[undefined, true, ['rsa-sha2-256', 'ssh-rsa']],
	[['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'], false, ['rsa-sha2-256']],
	[['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'], true, ['rsa-sha2-256', 'ssh-rsa']],
	[['ssh-ed25519', 'rsa-sha2-512'], false, ['rsa-sha2-512']],
	[['ssh-ed25519', 'rsa-sha2-512'], true, ['rsa-sha2-512']],
	[['ssh-rsa'], false, []],
	[['ssh-rsa'], true, ['ssh-rsa']],
	[['ssh-ed25519'], true, []],
])('where the server says %j (legacy: %s), an RSA key is offered as %j', (offered, legacy, expected) => {
	expect(types(signers(rsa.private, legacy, offered))).toEqual(expected);
});

test('a key of another kind is left as it is', () => {
	expect(signers(ecdsa.private, false, ['ssh-rsa'])).toEqual([ecdsa.private]);
});

test.each([
	['rsa-sha2-256', 'RSA-SHA256'],
	['rsa-sha2-512', 'RSA-SHA512'],
])('what is offered as %s signs so, whatever it is asked for', (algorithm, digest) => {
	const [signer] = signers(rsa.private, false, [algorithm]).filter(isKey);
	const signature = signer?.sign(Buffer.from('text'), 'sha1') ?? Buffer.alloc(0);
	expect(createVerify(digest).update('text').verify(publicPem, signature)).toBe(true);
});

test.each<[string, boolean, readonly string[] | undefined, string | undefined]>([
	[rsa.private, false, ['ssh-rsa'], 'unused'],
	[rsa.private, false, undefined, 'sha2'],
	[rsa.private, true, ['ssh-rsa'], undefined],
	[ecdsa.private, false, ['ssh-rsa'], undefined],
])('the message about a refused login tells what became of the key (case %#)', (key, legacy, offered, use) => {
	expect(rsaUse(key, legacy, offered)).toBe(use);
});

test('ssh2 has the place where the server says what it takes', () => {
	const client = new Client();
	client.on('error', () => undefined);
	client.connect({ sock: new Socket(), username: 'writer', readyTimeout: 0 });
	const protocol: object = Reflect.get(client, '_protocol');
	expect(typeof Reflect.get(Reflect.get(protocol, '_handlers'), 'EXT_INFO')).toBe('function');
	client.destroy();
});
